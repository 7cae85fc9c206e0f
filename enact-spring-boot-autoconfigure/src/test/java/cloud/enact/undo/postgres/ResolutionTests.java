package cloud.enact.undo.postgres;

import static cloud.enact.undo.postgres.ParentAndChild.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.postgres.Resolutions.Choice;
import cloud.enact.undo.postgres.RowConflict.Kind;
import cloud.enact.undo.postgres.TestDatabase.Committed;
import cloud.enact.undo.postgres.TestDatabase.Mode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What is decided about conflicts, told beforehand, and remembered afterwards. */
class ResolutionTests {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @BeforeEach
    void tables() throws Exception {
        ParentAndChild.create(DATABASE);
    }

    @ParameterizedTest
    @EnumSource
    void changedRowsAreForcedOrSkippedByTheirHandle(Mode mode) throws Exception {
        Committed done = DATABASE.act("UPDATE t SET v = 'agent' WHERE id < 4", "DELETE FROM t WHERE id = 5");
        DATABASE.person(
                "UPDATE t SET v = 'person' WHERE id = 1",
                "DELETE FROM t WHERE id = 2",
                "INSERT INTO t VALUES (5, 'person', NULL)");
        RestoreReport refused = DATABASE.restore(mode, Resolutions.none(), done);
        assertThat(refused.conflicts())
                .extracting(RowConflict::kind)
                .containsExactly(Kind.CHANGED, Kind.MISSING, Kind.PRESENT);

        RestoreReport report = DATABASE.restore(
                mode,
                new Resolutions(
                        Map.of(T, Choice.FORCE),
                        Map.of(T, Map.of(refused.conflicts().get(0).handle(), Choice.SKIP))),
                done);

        assertThat(report.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(report.tables()).containsExactly(new TableRestore(T, 1, 0, 2, 0, 2, 1));
        assertThat(DATABASE.content().get("public.t"))
                .containsExactly("(1,person,m1)", "(2,v2,m2)", "(3,v3,m3)", "(4,v4,m4)", "(5,v5,m5)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET v = 'again' WHERE id = 1",
                "DELETE FROM t WHERE id = 1",
                "DELETE FROM t WHERE id = 1; INSERT INTO t VALUES (1, 'person', 'm1')"
            })
    void aRowThatWasChangedAgainIsSkippedButNotForced(String again) throws Exception {
        Committed done = DATABASE.act("UPDATE t SET v = 'agent' WHERE id = 1");
        DATABASE.person("UPDATE t SET v = 'person' WHERE id = 1");
        String handle = DATABASE.restore(done).conflicts().get(0).handle();
        DATABASE.person(again);
        Map<String, List<String>> after = DATABASE.content();

        RestoreReport forced = DATABASE.restore(
                List.of(done.marker()), new Resolutions(Map.of(), Map.of(T, Map.of(handle, Choice.FORCE))));
        assertThat(forced.restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(forced.conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.handle()).isNotEqualTo(handle));
        assertThat(DATABASE.content()).isEqualTo(after);

        RestoreReport skipped = DATABASE.restore(
                List.of(done.marker()),
                new Resolutions(Map.of(T, Choice.FORCE), Map.of(T, Map.of(handle, Choice.SKIP))));
        assertThat(skipped.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content()).isEqualTo(after);
    }

    @Test
    void aRowOfAPartitionIsForcedAsItWasSeen() throws Exception {
        DATABASE.schema(
                "CREATE TABLE p (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
                "INSERT INTO p VALUES (1, 'a'), (2, 'b')");
        Map<String, List<String>> before = DATABASE.content();
        Committed done = DATABASE.act("UPDATE p SET v = 'agent'", "DELETE FROM p WHERE id = 2");
        DATABASE.person("UPDATE p SET v = 'person'", "INSERT INTO p VALUES (2, 'person')");
        Map<String, Choice> all = new HashMap<>();
        DATABASE.restore(done).conflicts().forEach(conflict -> all.put(conflict.handle(), Choice.FORCE));

        RestoreReport report = DATABASE.restore(
                List.of(done.marker()), new Resolutions(Map.of(), Map.of(new TableName("public", "p"), all)));

        assertThat(all).hasSize(2);
        assertThat(report.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(DATABASE.content()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aRowSomebodyRefersToIsSkippedButNotForced(Mode mode) throws Exception {
        Committed done = DATABASE.act("INSERT INTO t VALUES (8, 'agent', 'x'), (9, 'agent', 'y')");
        DATABASE.person("INSERT INTO child VALUES (2, 9)");

        assertThat(DATABASE.restore(mode, new Resolutions(Map.of(T, Choice.FORCE), Map.of()), done)
                        .restoration())
                .isEqualTo(Restoration.CONFLICT);
        RestoreReport report = DATABASE.restore(mode, new Resolutions(Map.of(T, Choice.SKIP), Map.of()), done);

        assertThat(report.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(report.tables()).containsExactly(new TableRestore(T, 0, 1, 0, 0, 0, 1));
        assertThat(DATABASE.content().get("public.t")).hasSize(6).contains("(9,agent,y)");
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatWasReplacedWhileItWasWaitedForIsKeptFromOthers(Mode mode) throws Exception {
        DATABASE.person("INSERT INTO child VALUES (1, 1)");
        Committed done = DATABASE.act("UPDATE child SET t = 3", "UPDATE t SET v = 'agent' WHERE id = 2");
        Resolutions some = new Resolutions(Map.of(), Map.of(T, Map.of("no row", Choice.SKIP)));
        try (Connection person = DATABASE.app();
                Connection other = DATABASE.app()) {
            person.setAutoCommit(false);
            TestDatabase.run(person, "DELETE FROM child; INSERT INTO child VALUES (1, 3)");
            other.setAutoCommit(false);
            TestDatabase.run(other, "SELECT FROM t WHERE id = 2 FOR UPDATE");

            CompletableFuture<RestoreReport> restored = CompletableFuture.supplyAsync(() -> restore(mode, some, done));
            awaitBehind(person, restored);
            person.commit();
            awaitBehind(other, restored);
            assertThatThrownBy(() -> TestDatabase.run(person, "SELECT FROM child FOR UPDATE NOWAIT"))
                    .hasMessageContaining("could not obtain lock");
            other.rollback();

            assertThat(restored.get().restoration()).isEqualTo(Restoration.RESTORED);
        }
        assertThat(DATABASE.number("SELECT t FROM child")).isEqualTo(1);
    }

    private static RestoreReport restore(Mode mode, Resolutions resolutions, Committed done) {
        try {
            return DATABASE.restore(mode, resolutions, done);
        } catch (SQLException ex) {
            throw new CompletionException(ex);
        }
    }

    private static void awaitBehind(Connection holder, CompletableFuture<?> waiting) throws SQLException {
        int backend = holder.unwrap(PGConnection.class).getBackendPID();
        while (DATABASE.number(
                        "SELECT count(*) FROM pg_stat_activity WHERE " + backend + " = ANY (pg_blocking_pids(pid))")
                == 0) {
            assertThat(waiting).isNotDone();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSecondRestoreReportsTheFirstAndWritesNothing(Mode mode) throws Exception {
        Committed done = DATABASE.act("UPDATE t SET v = 'agent' WHERE id < 3");
        RestoreReport first = DATABASE.restore(mode, Resolutions.none(), done);
        DATABASE.person("UPDATE t SET v = 'agent' WHERE id < 3");
        Map<String, List<String>> after = DATABASE.content();

        RestoreReport second = DATABASE.restore(mode, Resolutions.none(), done);

        assertThat(second.restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(second.tables()).isEqualTo(first.tables());
        assertThat(DATABASE.content()).isEqualTo(after);
    }

    @Test
    void aPreviewTellsTheSameAndChangesNothing() throws Exception {
        Committed done = DATABASE.act("UPDATE t SET v = 'agent' WHERE id < 3", "DELETE FROM t WHERE id = 5");
        Map<String, List<String>> after = DATABASE.content();
        RestoreReport preview;
        try (Connection owner = DATABASE.owner()) {
            preview = TestDatabase.rows().preview(owner, List.of(done.marker()), Resolutions.none());
        }

        assertThat(preview.tables()).containsExactly(new TableRestore(T, 1, 0, 2, 0, 0, 0));
        assertThat(DATABASE.content()).isEqualTo(after);
        assertThat(DATABASE.restore(done)).isEqualTo(preview);
    }

    @Test
    void valuesAreShownAsTheMaskAllows() throws Exception {
        Committed done = DATABASE.act("UPDATE t SET mail = 'agent@example.org' WHERE id = 1");
        DATABASE.person("UPDATE t SET mail = repeat('p', 100000) WHERE id = 1");

        RestoreReport report;
        try (Connection owner = DATABASE.owner()) {
            report = new RowRestore(TestDatabase.PATIENCE, 5, (table, column, text) -> column + text.length())
                    .preview(owner, List.of(done.marker()), Resolutions.none());
        }

        assertThat(report.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.key()).containsEntry("id", "id1");
            assertThat(conflict.expected()).containsEntry("mail", "mail17");
            assertThat(conflict.found()).containsEntry("mail", "mail200");
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatTriggersWriteElsewhereIsTold(Mode mode) throws Exception {
        DATABASE.sql(
                "CREATE SCHEMA other",
                "CREATE TABLE other.audit (line text)",
                "CREATE TABLE other.quiet (t int REFERENCES public.t ON DELETE CASCADE)",
                "CREATE FUNCTION other.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
                        + " $$ BEGIN INSERT INTO other.audit VALUES (TG_OP); RETURN NULL; END $$",
                "CREATE TRIGGER note AFTER INSERT OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION other.note()",
                "ALTER TABLE t ENABLE ALWAYS TRIGGER note");
        DATABASE.protect("public.*");
        Committed done = DATABASE.act("DELETE FROM t WHERE id = 5", "INSERT INTO t VALUES (9)");
        try (Connection owner = (mode == Mode.EXACT) ? DATABASE.admin() : DATABASE.owner()) {
            assertThat(TestDatabase.rows()
                            .preview(owner, List.of(done.marker()), Resolutions.none())
                            .triggers())
                    .isTrue();
        }

        RestoreReport report = DATABASE.restore(mode, Resolutions.none(), done);

        assertThat(report.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(report.beside()).containsExactly(new TableName("other", "audit"));
        assertThat(DATABASE.restore(mode, Resolutions.none(), done).beside()).isEqualTo(report.beside());
    }

    @Test
    void moreConflictsAreCountedThanShown() throws Exception {
        DATABASE.sql("INSERT INTO t SELECT i, 'v', NULL FROM generate_series(10, 500) i");
        Committed done = DATABASE.act("UPDATE t SET v = 'agent'");
        DATABASE.person("UPDATE t SET v = 'person'");

        RestoreReport report = DATABASE.restore(done);

        assertThat(report.conflictCount()).isEqualTo(496);
        assertThat(report.conflicts()).hasSize(5);
    }
}
