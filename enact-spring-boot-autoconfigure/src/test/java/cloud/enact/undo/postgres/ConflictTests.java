package cloud.enact.undo.postgres;

import static cloud.enact.undo.postgres.ParentAndChild.CHILD;
import static cloud.enact.undo.postgres.ParentAndChild.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.postgres.RowConflict.Kind;
import cloud.enact.undo.postgres.TestDatabase.Committed;
import cloud.enact.undo.postgres.TestDatabase.Mode;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody changed since is never lost unnoticed. */
class ConflictTests {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @BeforeEach
    void tables() throws Exception {
        ParentAndChild.create(DATABASE);
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatWasChangedSince(Mode mode) throws Exception {
        Committed done = DATABASE.act("UPDATE t SET v = 'agent' WHERE id < 4");
        DATABASE.person("UPDATE t SET v = 'person' WHERE id = 2");

        RowConflict conflict = onlyConflict(mode, done);

        assertThat(conflict.kind()).isEqualTo(Kind.CHANGED);
        assertThat(conflict.key()).containsExactly(Map.entry("id", "2"));
        assertThat(conflict.expected()).containsExactly(Map.entry("v", "agent"));
        assertThat(conflict.found()).containsExactly(Map.entry("v", "person"));
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatWasRemovedSince(Mode mode) throws Exception {
        Committed done = DATABASE.act("UPDATE t SET v = 'agent'");
        DATABASE.person("DELETE FROM t WHERE id = 2");

        RowConflict conflict = onlyConflict(mode, done);

        assertThat(conflict.kind()).isEqualTo(Kind.MISSING);
        assertThat(conflict.expected()).containsEntry("v", "agent");
        assertThat(conflict.found()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatWasAddedSince(Mode mode) throws Exception {
        Committed done = DATABASE.act("DELETE FROM t WHERE id = 2");
        DATABASE.person("INSERT INTO t VALUES (2, 'person', NULL)");

        RowConflict conflict = onlyConflict(mode, done);

        assertThat(conflict.kind()).isEqualTo(Kind.PRESENT);
        assertThat(conflict.expected()).isNull();
        assertThat(conflict.found()).containsEntry("v", "person").containsEntry("mail", null);
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatWasChangedBetweenTwoTransactionsOfTheRun(Mode mode) throws Exception {
        Committed first = DATABASE.act("UPDATE t SET v = 'agent' WHERE id = 2");
        DATABASE.person("UPDATE t SET v = 'person' WHERE id = 2");
        Committed second = DATABASE.act("UPDATE t SET v = 'again' WHERE id = 2");

        assertThat(onlyConflict(mode, first, second).kind()).isEqualTo(Kind.BETWEEN);
    }

    @ParameterizedTest
    @EnumSource
    void aRowSomebodyPutBackBetweenTwoTransactionsOfTheRun(Mode mode) throws Exception {
        Committed first = DATABASE.act("DELETE FROM t WHERE id = 2");
        DATABASE.person("INSERT INTO t VALUES (2, 'person', 'm2')");
        Committed second = DATABASE.act("DELETE FROM t WHERE id = 2");

        assertThat(onlyConflict(mode, first, second).kind()).isEqualTo(Kind.BETWEEN);
    }

    @ParameterizedTest
    @EnumSource
    void aRowSomebodyRemovedBetweenTwoTransactionsOfTheRun(Mode mode) throws Exception {
        Committed first = DATABASE.act("INSERT INTO t VALUES (9, 'agent', 'm9')");
        DATABASE.person("DELETE FROM t WHERE id = 9");
        Committed second = DATABASE.act("INSERT INTO t VALUES (9, 'agent', 'm9')");

        assertThat(onlyConflict(mode, first, second).kind()).isEqualTo(Kind.BETWEEN);
    }

    @ParameterizedTest
    @EnumSource
    void aRowSomebodyRefersToSince(Mode mode) throws Exception {
        Committed done = DATABASE.act("INSERT INTO t VALUES (9, 'agent', 'x')", "INSERT INTO child VALUES (1, 9)");
        DATABASE.person("INSERT INTO child VALUES (2, 9)");

        RowConflict conflict = onlyConflict(mode, done);

        assertThat(conflict.kind()).isEqualTo(Kind.REFERENCED);
        assertThat(conflict.key()).containsEntry("id", "9");
        assertThat(conflict.detail()).isEqualTo("child_t_fkey");
    }

    @ParameterizedTest
    @EnumSource
    void aRowWhoseParentIsGoneSince(Mode mode) throws Exception {
        DATABASE.person("INSERT INTO child VALUES (1, 2)");
        Committed done = DATABASE.act("DELETE FROM child");
        DATABASE.person("DELETE FROM t WHERE id = 2");

        RowConflict conflict = onlyConflict(mode, done);

        assertThat(conflict.kind()).isEqualTo(Kind.ORPHANED);
        assertThat(conflict.table()).isEqualTo(CHILD);
    }

    @ParameterizedTest
    @EnumSource
    void aUniqueValueThatIsTakenSince(Mode mode) throws Exception {
        Committed done = DATABASE.act("DELETE FROM t WHERE id = 2");
        DATABASE.person("INSERT INTO t VALUES (7, 'person', 'm2')");

        RowConflict conflict = onlyConflict(mode, done);

        assertThat(conflict.kind()).isEqualTo(Kind.CONSTRAINT);
        assertThat(conflict.detail()).isEqualTo("t_mail_key");
        assertThat(conflict.toString()).doesNotContain("m2");
    }

    @ParameterizedTest
    @EnumSource
    void aRowWithoutAKeyThatIsGoneSince(Mode mode) throws Exception {
        DATABASE.schema("CREATE TABLE bare (a int)", "INSERT INTO bare VALUES (1), (1)");
        Committed done = DATABASE.act("INSERT INTO bare VALUES (1), (2), (2)");
        DATABASE.person("DELETE FROM bare WHERE ctid = (SELECT max(ctid) FROM bare WHERE a = 2)");

        RowConflict conflict = onlyConflict(mode, done);

        assertThat(conflict.kind()).isEqualTo(Kind.MISSING);
        assertThat(conflict.expected()).containsEntry("a", "2");
        assertThat(conflict.detail()).isEqualTo("1 of 2 rows");
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatAreAsTheyWereAlreadyAreNoConflict(Mode mode) throws Exception {
        Map<String, List<String>> before = DATABASE.content();
        Committed done = DATABASE.act(
                "UPDATE t SET v = 'agent' WHERE id < 3", "DELETE FROM t WHERE id = 4", "INSERT INTO t VALUES (9)");
        DATABASE.person(
                "UPDATE t SET v = 'v1' WHERE id = 1",
                "INSERT INTO t VALUES (4, 'v4', 'm4')",
                "DELETE FROM t WHERE id = 9");

        RestoreReport report = DATABASE.restore(mode, Resolutions.none(), done);

        assertThat(report.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(report.tables()).containsExactly(new TableRestore(T, 0, 0, 1, 3, 0, 0));
        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void rowsTheRunLeftAsTheyWereMayChange(Mode mode) throws Exception {
        Committed done = DATABASE.act("UPDATE t SET v = 'x'", "UPDATE t SET v = 'v' || id");
        DATABASE.person("UPDATE t SET v = 'person' WHERE id = 1", "DELETE FROM t WHERE id = 2");

        assertThat(DATABASE.restore(mode, Resolutions.none(), done).restoration())
                .isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content().get("public.t")).hasSize(4).contains("(1,person,m1)");
    }

    @Test
    void aTableThatWasAlteredSinceIsRefusedWithTheDifference() throws Exception {
        Committed done = DATABASE.act("UPDATE t SET v = 'agent'");
        DATABASE.sql("ALTER TABLE t ALTER COLUMN v TYPE varchar(20)", "ALTER TABLE t ADD COLUMN w int");

        assertThatThrownBy(() -> DATABASE.restore(done))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("column v text")
                .hasMessageContaining("column v character varying(20)")
                .hasMessageContaining("column w integer");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNotCommittedYetIsNotTakenForUndone(boolean committed) throws Exception {
        Map<String, List<String>> before = DATABASE.content();
        try (Connection caller = DATABASE.app();
                Connection owner = DATABASE.owner()) {
            caller.setAutoCommit(false);
            TestDatabase.run(caller, "SELECT 1");
            CapturedTransaction joined =
                    CapturedTransaction.join(caller, UUID.randomUUID(), UUID.randomUUID(), new SecureRandom());
            TestDatabase.run(caller, "DELETE FROM t");
            Committed left = new Committed(joined.marker(), joined.leave());

            assertThatThrownBy(() -> new RowRestore(Duration.ofMillis(50), 5, (t, c, text) -> text)
                            .restore(owner, List.of(left.marker()), Resolutions.none()))
                    .isInstanceOf(CaptureException.class);
            if (committed) {
                caller.commit();
            } else {
                caller.rollback();
            }

            assertThat(DATABASE.restore(left).restoration())
                    .isEqualTo(committed ? Restoration.RESTORED : Restoration.ALREADY_RESTORED);
        }
        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @Test
    void showingAValueRunsNoCodeOfItsTypesOwner() throws Exception {
        DATABASE.sql(
                "CREATE TYPE mood AS ENUM ('glad', 'sad')",
                "ALTER TABLE child ADD COLUMN mood mood",
                "CREATE FUNCTION fake(mood) RETURNS text LANGUAGE sql AS $$ SELECT 'fake' $$",
                "CREATE CAST (mood AS text) WITH FUNCTION fake(mood)");
        DATABASE.schema("INSERT INTO child VALUES (1, 1, 'glad'), (2, NULL, NULL)");
        Committed done = DATABASE.act("UPDATE child SET mood = 'sad' WHERE id = 1");
        DATABASE.person("UPDATE child SET t = NULL WHERE id = 1");

        RowConflict conflict = onlyConflict(Mode.EXACT, done);

        assertThat(conflict.key()).containsExactly(Map.entry("id", "1"));
        assertThat(conflict.expected()).containsExactly(Map.entry("t", "1"));
        assertThat(conflict.found()).containsEntry("t", null);
        DATABASE.person("UPDATE child SET mood = NULL");
        assertThat(onlyConflict(Mode.EXACT, done).expected()).containsEntry("mood", "sad");
    }

    @Test
    void aTableThatWasProtectedAnewWithinTheRunIsRefused() throws Exception {
        Committed first = DATABASE.act("UPDATE t SET v = 'agent'");
        DATABASE.sql("DROP TABLE enact_undo.u_2 CASCADE", "DROP TABLE enact_undo.u_1 CASCADE");
        DATABASE.protect("public.*");
        Committed second = DATABASE.act("UPDATE t SET v = 'again'");

        assertThatThrownBy(() -> DATABASE.restore(Mode.EXACT, Resolutions.none(), first, second))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("protected anew");
    }

    @Test
    void aRowSomebodyHoldsIsWaitedForNoLongerThanAllowed() throws Exception {
        Committed done = DATABASE.act("UPDATE t SET v = 'agent'");
        try (Connection person = DATABASE.app();
                Connection owner = DATABASE.owner()) {
            person.setAutoCommit(false);
            TestDatabase.run(person, "UPDATE t SET v = 'person' WHERE id = 3");

            assertThatThrownBy(() -> new RowRestore(Duration.ofMillis(50), 5, (t, c, text) -> text)
                            .restore(owner, List.of(done.marker()), Resolutions.none()))
                    .isInstanceOf(CaptureException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            ex -> assertThat(ex.getSQLState()).isEqualTo("55P03"));
        }
    }

    private static RowConflict onlyConflict(Mode mode, Committed... done) throws Exception {
        Map<String, List<String>> after = DATABASE.content();

        RestoreReport report = DATABASE.restore(mode, Resolutions.none(), done);

        assertThat(report.restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(report.conflictCount()).isEqualTo(1);
        assertThat(DATABASE.content()).isEqualTo(after);
        return report.conflicts().get(0);
    }
}
