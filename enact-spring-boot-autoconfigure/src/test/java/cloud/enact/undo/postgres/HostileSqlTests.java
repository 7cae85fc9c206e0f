package cloud.enact.undo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.postgres.TestDatabase.Committed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that runs inside an action gets around the capturing of it. */
class HostileSqlTests {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @BeforeEach
    void table() throws Exception {
        DATABASE.schema("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET TRANSACTION NOT DEFERRABLE",
                "SET transaction_deferrable = off",
                "SET LOCAL transaction_deferrable = off",
                "SELECT set_config('transaction_deferrable', 'off', true)",
                "RESET transaction_deferrable",
                "SET default_transaction_deferrable = off",
                "SET enact.joined = ''",
                "SET session_replication_role = replica",
                "SET SESSION AUTHORIZATION DEFAULT",
                "DISCARD PLANS",
                "RESET ALL",
                "SET quote_all_identifiers = on",
            })
    void noSettingSwitchesCapturingOff(String setting) throws Exception {
        Map<String, List<String>> before = DATABASE.content();

        // the role with the most rights
        try (Connection admin = DATABASE.admin()) {
            Committed done = DATABASE.act(admin, UUID.randomUUID(), connection -> {
                TestDatabase.run(connection, "SAVEPOINT s");
                try {
                    TestDatabase.run(connection, setting);
                } catch (SQLException ex) {
                    TestDatabase.run(connection, "ROLLBACK TO SAVEPOINT s");
                }
                TestDatabase.run(connection, "DELETE FROM t");
            });
            assertThat(DATABASE.restoreExactly(done).restoration()).isEqualTo(Restoration.RESTORED);
        } catch (SQLException ex) {
            // an older server lets it happen, and nothing is committed
            assertThat(ex.getMessage()).contains("Capturing was switched off");
        }

        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @Test
    void namesOnAHostilePathMeanNothing() throws Exception {
        DATABASE.sql(
                "CREATE SCHEMA evil",
                "GRANT USAGE ON SCHEMA evil TO PUBLIC",
                "CREATE FUNCTION evil.current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT 'off' $$",
                "CREATE FUNCTION evil.current_setting(text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT '' $$",
                "CREATE FUNCTION evil.pg_current_xact_id_if_assigned() RETURNS xid8 LANGUAGE sql AS $$ SELECT NULL::xid8 $$",
                "CREATE FUNCTION evil.never(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$",
                "CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.never)",
                "CREATE OPERATOR evil.<> (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.never)",
                "CREATE TABLE evil.old_rows (id int, v text)",
                "CREATE TABLE evil.marker (id bigint, xid xid8, state \"char\", joined boolean)",
                "GRANT SELECT ON ALL TABLES IN SCHEMA evil TO PUBLIC");
        Map<String, List<String>> before = DATABASE.content();

        Committed done = DATABASE.act(
                "SET search_path = evil, public, pg_catalog",
                "CREATE TEMPORARY TABLE old_rows (id int, v text)",
                "CREATE TEMPORARY TABLE marker (id bigint, xid xid8, state \"char\", joined boolean)",
                "DELETE FROM public.t");

        assertThat(DATABASE.restore(done).restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t DISABLE TRIGGER ALL; DELETE FROM t; ALTER TABLE t ENABLE TRIGGER ALL",
                "ALTER TABLE t DISABLE TRIGGER USER; DELETE FROM t",
                "DROP TRIGGER \"enact$delete\" ON t; DELETE FROM t",
                "ALTER TRIGGER \"enact$delete\" ON t RENAME TO x",
                "ALTER TABLE t ADD COLUMN w int DEFAULT 1",
                "ALTER TABLE t DROP COLUMN v",
                "ALTER TABLE t ALTER COLUMN v TYPE varchar(1)",
                "ALTER TABLE t RENAME TO u",
                "ALTER TABLE t RENAME COLUMN v TO w",
                "DROP TABLE t",
                "LOCK TABLE t",
                "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
                "CREATE TRIGGER x AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION nothing()",
                "TRUNCATE t; ALTER TABLE t DISABLE TRIGGER ALL; INSERT INTO t VALUES (5, 'x')",
                "TRUNCATE t; DROP TRIGGER \"enact$insert\" ON t; INSERT INTO t VALUES (5, 'x')",
                "TRUNCATE t; ALTER TABLE t RENAME COLUMN v TO w",
                "TRUNCATE t; ALTER TABLE t DROP CONSTRAINT t_pkey",
                "SAVEPOINT s; ALTER TABLE t DISABLE TRIGGER ALL; DELETE FROM t; RELEASE SAVEPOINT s",
                "ALTER TABLE enact_undo.u_1 ADD COLUMN x int",
                "ALTER TABLE enact_undo.marker DISABLE TRIGGER ALL",
            })
    void whatWouldGetAroundCapturingIsRefused(String statements) throws Exception {
        DATABASE.sql("CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$");
        Map<String, List<String>> before = DATABASE.content();

        // the owner of the tables may do all of that
        try (Connection owner = DATABASE.owner()) {
            assertThatThrownBy(() -> DATABASE.act(
                            owner, UUID.randomUUID(), connection -> TestDatabase.run(connection, statements)))
                    .isInstanceOf(SQLException.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .containsAnyOf("inside a governed action", "can't be undone", "has pending trigger events");
        }

        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @Test
    void whatASavepointTookBackIsNoReasonToRefuse() throws Exception {
        try (Connection owner = DATABASE.owner()) {
            DATABASE.act(
                    owner,
                    UUID.randomUUID(),
                    connection -> TestDatabase.run(
                            connection,
                            "SAVEPOINT s; ALTER TABLE t DISABLE TRIGGER ALL; DELETE FROM t; ROLLBACK TO SAVEPOINT s;"
                                    + " TRUNCATE t"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "COMMIT AND CHAIN",
                "PREPARE TRANSACTION 'x'",
                "SET CONSTRAINTS ALL IMMEDIATE",
                "SET enact.leaving = 'guess'; COMMIT",
            })
    void codeInsideAnActionDoesNotCommit(String statement) throws Exception {
        Map<String, List<String>> before = DATABASE.content();

        assertThatThrownBy(() -> DATABASE.act("DELETE FROM t", statement)).isInstanceOf(SQLException.class);

        assertThat(DATABASE.content()).isEqualTo(before);
        assertThat(DATABASE.number("SELECT count(*) FROM enact_undo.marker")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET enact.joined = ''", "RESET enact.joined", "RESET ALL"})
    void noSettingSwitchesCapturingOffInATransactionOfSomebodyElse(String setting) throws Exception {
        Map<String, List<String>> before = DATABASE.content();

        try (Connection connection = DATABASE.app()) {
            CapturedTransaction joined = TestDatabase.join(connection);
            TestDatabase.run(connection, setting);
            TestDatabase.run(connection, "DELETE FROM t");
            List<TableChange> changes = joined.leave();
            connection.commit();
            DATABASE.restore(new Committed(joined.marker(), changes));
        }

        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @Test
    void noTruncateTakesRowsThatItsTransactionCantSee() throws Exception {
        try (Connection connection = DATABASE.app()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

            assertThatThrownBy(() -> DATABASE.act(connection, UUID.randomUUID(), action -> {
                        DATABASE.person("INSERT INTO t VALUES (3, 'theirs')");
                        TestDatabase.run(action, "TRUNCATE t");
                    }))
                    .hasMessageContaining("TRUNCATE");
        }

        assertThat(DATABASE.number("SELECT count(*) FROM t")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMPORARY TABLE t (id int, v text)",
                "CREATE TEMPORARY VIEW t AS SELECT 1 AS id",
                "CREATE TEMPORARY TABLE x (id int, v text); ALTER TABLE x RENAME TO t",
            })
    void noTemporaryTableHidesAProtectedOneFromWhoGetsTheConnectionNext(String statement) {
        assertThatThrownBy(() -> DATABASE.act(statement)).hasMessageContaining("hides public.t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT lo_unlink(%d)", "ALTER ROLE CURRENT_USER SET search_path = public"})
    void whatNoTableHoldsIsToldAsUnprotected(String statement) throws Exception {
        long object;
        try (Connection connection = DATABASE.app();
                Statement large = connection.createStatement();
                ResultSet rows = large.executeQuery("SELECT lo_from_bytea(0, 'a')")) {
            rows.next();
            object = rows.getLong(1);
        }

        assertThat(DATABASE.act(statement.formatted(object)).changes())
                .extracting(TableChange::kind)
                .containsOnly(TableChange.Kind.UNPROTECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT enact_undo.leave(1, 'guess')",
                "SELECT * FROM enact_undo.marker",
                "SELECT * FROM enact_undo.u_1",
                "DELETE FROM enact_undo.u_1",
                "UPDATE enact_undo.marker SET state = 'C'",
                "INSERT INTO enact_undo.statement VALUES (1, 1, 'T', 1)",
                "SELECT setval('enact_undo.marker_id_seq', 1)",
                "SELECT enact_undo.enter(gen_random_uuid(), gen_random_uuid(), sha256('x'))",
                "CREATE TABLE enact_undo.x ()",
                "CREATE TEMPORARY TABLE x (id int, v text);"
                        + " CREATE TRIGGER x AFTER DELETE ON x REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT"
                        + " EXECUTE FUNCTION enact_undo.capture_1()",
            })
    void theApplicationReachesNothingOfTheCapture(String statement) throws Exception {
        assertThatThrownBy(() -> DATABASE.act("UPDATE t SET v = 'x'", statement))
                .isInstanceOf(SQLException.class);
    }
}
