package cloud.enact.undo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.postgres.TableChange.Kind;
import cloud.enact.undo.postgres.TestDatabase.Committed;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is captured, and of whom. */
class CapturedTransactionTests {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final SecureRandom random = new SecureRandom();

    @BeforeEach
    void table() throws Exception {
        DATABASE.schema("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    }

    @Test
    void tellsWhatWasChanged() throws Exception {
        DATABASE.sql("CREATE TABLE bare (id int)", "GRANT ALL ON bare TO " + DATABASE.appRole());

        Committed done = DATABASE.act(
                "INSERT INTO t VALUES (3, 'c'), (4, 'd')",
                "UPDATE t SET v = 'x' WHERE id = 1",
                "UPDATE t SET v = 'y' WHERE id = 99",
                "DELETE FROM t WHERE id = 2",
                "TRUNCATE t",
                "INSERT INTO bare VALUES (1)",
                "CREATE TEMPORARY TABLE scratch AS SELECT * FROM bare",
                "SELECT * FROM t FOR UPDATE");

        TableName t = new TableName("public", "t");
        assertThat(done.changes())
                .containsExactlyInAnyOrder(
                        new TableChange(t, Kind.INSERTED, 2),
                        new TableChange(t, Kind.UPDATED, 1),
                        new TableChange(t, Kind.DELETED, 1),
                        new TableChange(t, Kind.TRUNCATED, 3),
                        new TableChange(new TableName("public", "bare"), Kind.UNPROTECTED, 0));
    }

    @Test
    void tellsOfDataThatIsNotInTables() throws Exception {
        Committed done = DATABASE.act("SELECT lo_from_bytea(0, 'x')");

        assertThat(done.changes())
                .containsExactly(new TableChange(new TableName("pg_catalog", "pg_largeobject"), Kind.UNPROTECTED, 0));
    }

    @Test
    void tellsOfATableThatIsGoneAgain() throws Exception {
        DATABASE.sql("CREATE TABLE bare (id int)");
        long bare = DATABASE.number("SELECT 'bare'::regclass::oid::bigint");

        try (Connection owner = DATABASE.owner()) {
            Committed done = DATABASE.act(
                    owner,
                    UUID.randomUUID(),
                    connection -> TestDatabase.run(connection, "INSERT INTO bare VALUES (1); DROP TABLE bare"));

            assertThat(done.changes()).contains(new TableChange(new TableName("", "oid " + bare), Kind.UNPROTECTED, 0));
        }
    }

    @Test
    void nothingIsWrittenBetweenTheEndAndTheCommit() throws Exception {
        try (Connection connection = DATABASE.app()) {
            connection.setAutoCommit(false);
            CapturedTransaction transaction =
                    CapturedTransaction.enter(connection, UUID.randomUUID(), UUID.randomUUID(), this.random);
            TestDatabase.run(connection, "DELETE FROM t WHERE id = 1");
            transaction.finish();

            assertThatThrownBy(() -> TestDatabase.run(connection, "DELETE FROM t"))
                    .hasMessageContaining("read-only transaction");
        }
    }

    @Test
    void anActionThatJoinedLastLeavesNothingToBeWrittenToo() throws Exception {
        Committed done;
        try (Connection connection = DATABASE.app()) {
            connection.setAutoCommit(false);
            TestDatabase.run(connection, "INSERT INTO t VALUES (3, 'c')");
            CapturedTransaction joined =
                    CapturedTransaction.join(connection, UUID.randomUUID(), UUID.randomUUID(), this.random);
            TestDatabase.run(connection, "DELETE FROM t WHERE id = 1");
            done = new Committed(joined.marker(), joined.finish());
            assertThat(done.changes()).containsExactly(new TableChange(new TableName("public", "t"), Kind.DELETED, 1));
            connection.commit();
        }

        assertThat(DATABASE.restore(done).restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content().get("public.t")).containsExactly("(1,a)", "(2,b)", "(3,c)");
    }

    @Test
    void nobodyElseIsCaptured() throws Exception {
        DATABASE.person("UPDATE t SET v = 'z'", "BEGIN", "DELETE FROM t WHERE id = 2", "COMMIT");
        DATABASE.person("BEGIN TRANSACTION DEFERRABLE", "UPDATE t SET v = 'y'", "COMMIT");

        assertThat(DATABASE.number("SELECT count(*) FROM enact_undo.u_1")).isZero();
    }

    @Test
    void capturingThatIsNotWholeIsRefused() throws Exception {
        DATABASE.sql("ALTER TABLE t DISABLE TRIGGER \"enact$delete\"");
        assertThatThrownBy(() -> DATABASE.act("DELETE FROM t")).hasMessageContaining("can't be undone");

        DATABASE.sql("ALTER TABLE t ENABLE ALWAYS TRIGGER \"enact$delete\"", "ALTER TABLE t ADD COLUMN w int");
        assertThatThrownBy(() -> DATABASE.act("UPDATE t SET w = 1")).hasMessageContaining("can't be undone");

        DATABASE.protect("public.*");
        DATABASE.act("UPDATE t SET w = 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t DISABLE TRIGGER \"enact$delete\"",
                "DROP TRIGGER \"enact$delete\" ON t",
                "ALTER TABLE t ADD COLUMN w int DEFAULT 1",
            })
    void capturingThatEndedBehindTheSnapshotOfATransactionIsRefused(String ddl) throws Exception {
        try (Connection connection = DATABASE.app()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

            assertThatThrownBy(() -> DATABASE.act(connection, UUID.randomUUID(), action -> {
                        DATABASE.sql(ddl);
                        TestDatabase.run(action, "DELETE FROM t");
                    }))
                    .hasMessageContaining("can't be undone");
        }
    }

    @Test
    void whatWasTakenBackDoesNotEndCapturing() throws Exception {
        DATABASE.sql("BEGIN; ALTER TABLE t DISABLE TRIGGER ALL; ALTER TABLE t ADD COLUMN w int; ROLLBACK");
        try (Connection connection = DATABASE.app()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);

            Committed done =
                    DATABASE.act(connection, UUID.randomUUID(), action -> TestDatabase.run(action, "DELETE FROM t"));

            assertThat(DATABASE.restore(done).restoration()).isEqualTo(Restoration.RESTORED);
        }
    }

    @Test
    void whatFollowsTheEndOfAnActionIsNotCaptured() throws Exception {
        try (Connection connection = DATABASE.app()) {
            connection.setAutoCommit(false);
            CapturedTransaction transaction =
                    CapturedTransaction.enter(connection, UUID.randomUUID(), UUID.randomUUID(), this.random);
            transaction.leave();
            TestDatabase.run(connection, "DELETE FROM t");
            connection.commit();

            assertThat(DATABASE.restore(List.of(transaction.marker()), Resolutions.none())
                            .tables())
                    .isEmpty();
        }
    }

    @Test
    void aTransactionIsEnteredOnceAndOnlyWhenItWillBeCaptured() throws Exception {
        try (Connection connection = DATABASE.app()) {
            connection.setAutoCommit(false);
            TestDatabase.run(connection, "SELECT 1");
            assertThatThrownBy(() ->
                            CapturedTransaction.enter(connection, UUID.randomUUID(), UUID.randomUUID(), this.random))
                    .isInstanceOf(SQLException.class);
            connection.rollback();
            assertThatThrownBy(() -> TestDatabase.run(
                            connection, "SELECT enact_undo.enter(gen_random_uuid(), gen_random_uuid(), sha256('x'))"))
                    .hasMessageContaining("SET TRANSACTION DEFERRABLE");
            connection.rollback();

            CapturedTransaction.enter(connection, UUID.randomUUID(), UUID.randomUUID(), this.random);
            assertThatThrownBy(() ->
                            CapturedTransaction.join(connection, UUID.randomUUID(), UUID.randomUUID(), this.random))
                    .hasMessageContaining("already");
        }
    }

    @Test
    void anActionInsideAnotherTransactionIsCapturedAlone() throws Exception {
        Map<String, List<String>> wanted;
        Committed done;
        try (Connection connection = DATABASE.app()) {
            connection.setAutoCommit(false);
            TestDatabase.run(connection, "INSERT INTO t VALUES (3, 'c')");
            CapturedTransaction joined =
                    CapturedTransaction.join(connection, UUID.randomUUID(), UUID.randomUUID(), this.random);
            TestDatabase.run(connection, "UPDATE t SET v = 'x' WHERE id = 1");
            done = new Committed(joined.marker(), joined.leave());
            TestDatabase.run(connection, "DELETE FROM t WHERE id = 2");
            CapturedTransaction again =
                    CapturedTransaction.join(connection, UUID.randomUUID(), UUID.randomUUID(), this.random);
            again.leave();
            connection.commit();
        }

        assertThat(DATABASE.restore(done).restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content().get("public.t")).containsExactly("(1,a)", "(3,c)");
    }

    /** Checks keep their time in a transaction of somebody else, and so do triggers that look like them. */
    @Test
    void deferredTriggersOfACallersTransactionAreNotCaptured() throws Exception {
        DATABASE.sql(
                "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN DELETE FROM public.t WHERE id = 2; RETURN NULL; END $$",
                "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION late()");
        DATABASE.protect("public.*");
        Committed done;
        try (Connection connection = DATABASE.app()) {
            connection.setAutoCommit(false);
            TestDatabase.run(connection, "SELECT 1");
            CapturedTransaction joined =
                    CapturedTransaction.join(connection, UUID.randomUUID(), UUID.randomUUID(), this.random);
            TestDatabase.run(connection, "INSERT INTO t VALUES (3, 'c')");
            done = new Committed(joined.marker(), joined.leave());
            connection.commit();
        }

        assertThat(DATABASE.restore(done).restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content().get("public.t")).containsExactly("(1,a)");
    }

    @Test
    void rowsBehindAPolicyAreCapturedAndComeBack() throws Exception {
        DATABASE.sql("ALTER TABLE t ENABLE ROW LEVEL SECURITY", "CREATE POLICY own ON t USING (id <> 2)");
        Map<String, List<String>> before = DATABASE.content();

        Committed some = DATABASE.act("DELETE FROM t");
        assertThat(DATABASE.content().get("public.t")).containsExactly("(2,b)");
        Committed all = DATABASE.act("TRUNCATE t");

        assertThat(DATABASE.restore(List.of(some.marker(), all.marker()), Resolutions.none())
                        .restoration())
                .isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @Test
    void aPolicyThatHidesRowsFromTheCaptureStopsTheAction() throws Exception {
        DATABASE.sql(
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE t FORCE ROW LEVEL SECURITY",
                "CREATE POLICY own ON t USING (id <> 2)");

        assertThatThrownBy(() -> DATABASE.act("TRUNCATE t")).hasMessageContaining("row-level security");
    }
}
