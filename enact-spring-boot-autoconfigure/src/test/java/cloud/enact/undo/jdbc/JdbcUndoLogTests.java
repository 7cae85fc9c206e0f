package cloud.enact.undo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.HmacUndoSeal;
import cloud.enact.undo.PreState;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogContract;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUndoLogTests extends UndoLogContract {

    private final UndoTables tables = new UndoTables();

    private JdbcUndoLog log;

    @BeforeEach
    void open() {
        this.log = this.tables.open();
    }

    @AfterEach
    void close() throws SQLException {
        this.log.close();
        this.tables.close();
    }

    @Override
    protected UndoLog log() {
        return this.log;
    }

    private UndoRecord beginOn(UndoLog other, RunId run, String operation) {
        return other.begin(
                run,
                this.ids.next(),
                "filesystem",
                operation,
                Map.of(),
                Reversibility.REVERSIBLE,
                new Capture(new PreState(Map.of()), new Fingerprint(Map.of())));
    }

    @Test
    void recordsAreThereAfterReopening() {
        RunId run = run();
        UndoRecord begun = begin(run, "write_file", Map.of("path", "/a"));
        this.log.end(begun.position(), UndoRecord.State.DONE, null);
        this.log.close();

        this.log = this.tables.open();

        assertThat(this.log.findByRun(run)).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(UndoRecord.State.DONE);
            assertThat(record.digest()).isEqualTo(begun.digest());
        });
        assertThat(begin(run, "next", Map.of()).position()).isGreaterThan(begun.position());
    }

    @Test
    void twoNodesShareThePositionsAndEndEachOthersSteps() {
        RunId run = run();

        try (JdbcUndoLog other = this.tables.open()) {
            long first = begin(run, "a", Map.of()).position();
            other.end(first, UndoRecord.State.DONE, null);
            long second = beginOn(other, run, "b").position();
            long third = begin(run, "c", Map.of()).position();
            this.log.end(first, UndoRecord.State.DONE, null);

            assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
            assertThat(other.findByRun(run)).isEqualTo(this.log.findByRun(run));
        }
        assertThat(this.log.findByRun(run)).extracting(UndoRecord::operation).containsExactly("a", "b", "c");
    }

    @Test
    void manyNodesAtOnceLoseNoStepAndShareNoPosition() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        RunId run = run();
        try (JdbcUndoLog other = this.tables.open()) {
            List<Future<Long>> begun = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                UndoLog node = (i % 2 == 0) ? this.log : other;
                begun.add(threads.submit(() -> beginOn(node, run, "step").position()));
            }
            List<Long> positions = new ArrayList<>();
            for (Future<Long> each : begun) {
                positions.add(each.get());
            }

            assertThat(positions).doesNotHaveDuplicates();
            assertThat(this.log.findByRun(run))
                    .extracting(UndoRecord::position)
                    .containsExactlyElementsOf(positions.stream().sorted().toList());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aBatchOfManyMegabytesIsBegun() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        RunId run = run();
        try {
            List<Future<UndoRecord>> begun = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                begun.add(threads.submit(() -> begin(run, "a", Map.of("text", "x".repeat(5_000_000)))));
            }
            for (Future<UndoRecord> each : begun) {
                assertThat(each.get().state()).isEqualTo(UndoRecord.State.INTENT);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(this.log.findByRun(run)).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE undo_begun SET document ="
                        + " convert_to(replace(convert_from(document, 'UTF8'), 'write_file', 'write_fill'), 'UTF8')",
                "UPDATE undo_begun SET document = document || ' '::bytea",
                "UPDATE undo_begun SET document = ''",
                "UPDATE undo_begun SET seal = replace(replace(seal, 'a', 'b'), '1', '2')",
                "UPDATE undo_begun SET seal = ''",
                "UPDATE undo_begun SET document = convert_to(repeat(' ', 40000000), 'UTF8')",
                "UPDATE undo_begun SET position = position + 7; UPDATE undo_ended SET position = position + 7",
                "UPDATE undo_ended SET document ="
                        + " convert_to(replace(convert_from(document, 'UTF8'), 'DONE', 'FAIL'), 'UTF8')",
                "UPDATE undo_ended SET document = convert_to(repeat(' ', 40000000), 'UTF8')",
                "UPDATE undo_ended SET seal = 'x'",
                "UPDATE undo_ended SET document = (SELECT document FROM undo_begun),"
                        + " seal = (SELECT seal FROM undo_begun)"
            })
    void anAlteredRowIsReportedWithItsRun(String tampering) throws SQLException {
        RunId run = run();
        long position = begin(run, "write_file", Map.of("path", "/a1")).position();
        this.log.end(position, UndoRecord.State.DONE, null);

        this.tables.tamper(tampering);

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("of run " + run)
                .hasMessageContaining("altered");
    }

    @Test
    void aRowMovedToAnotherRunIsReported() throws SQLException {
        begin(run(), "a", Map.of());
        RunId other = run();

        this.tables.tamper("UPDATE undo_begun SET run_id = '" + other + "'");

        assertThatThrownBy(() -> this.log.findByRun(other))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("belongs to another run");
    }

    @Test
    void aRecordSealedWithAnotherKeyIsReported() {
        RunId run = run();
        begin(run, "a", Map.of());

        try (JdbcUndoLog other = this.tables.open("two", null)) {
            assertThatThrownBy(() -> other.findByRun(run)).isInstanceOf(UndoLogException.class);
        }
    }

    @Test
    void aLostEndLeavesAnIntent() throws SQLException {
        RunId run = run();
        long position = begin(run, "a", Map.of()).position();
        this.log.end(position, UndoRecord.State.DONE, new Fingerprint(Map.of("sha256", "real")));

        this.tables.tamper("DELETE FROM undo_ended");

        assertThat(this.log.findByRun(run)).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(UndoRecord.State.INTENT);
            assertThat(record.fingerprint().values()).isEqualTo(Map.of("expected", true));
        });
    }

    @Test
    void aSchemaOfANewerVersionIsRefusedWithWhatToDo() throws SQLException {
        this.tables.execute("INSERT INTO undo_schema (version) VALUES (2)");

        assertThatThrownBy(this.tables::open)
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("Start the newer version again");
    }

    @Test
    void aSchemaThatIsNotPreparedIsRefusedWithTheScriptThatPreparesIt() throws SQLException {
        this.tables.close();

        assertThatThrownBy(this.tables::open)
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("cloud/enact/undo/jdbc/postgresql-1.sql");
    }

    @Test
    void aServerThatFailsOnceFailsItsStepsAndTheLogGoesOn() throws SQLException {
        RunId run = run();
        this.tables.execute("ALTER TABLE undo_begun RENAME TO undo_gone");
        assertThatThrownBy(() -> begin(run, "a", Map.of()))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("missing");
        this.tables.execute("ALTER TABLE undo_gone RENAME TO undo_begun");

        begin(run, "b", Map.of());

        assertThat(this.log.findByRun(run)).extracting(UndoRecord::operation).containsExactly("b");
    }

    @Test
    void connectionsThatTheServerEndsAreReplaced() throws SQLException {
        RunId run = run();
        UndoRecord first = begin(run, "a", Map.of());
        this.log.end(first.position(), UndoRecord.State.DONE, null);
        this.tables.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND query LIKE '%undo\\_%'");

        // what was under way is not repeated, so the first may fail
        assertThatThrownBy(() -> begin(run, "b", Map.of())).isInstanceOf(UndoLogException.class);
        begin(run, "c", Map.of());

        assertThat(this.log.findByRun(run)).extracting(UndoRecord::operation).containsExactly("a", "c");
    }

    @Test
    void aClosedLogRefusesSteps() {
        this.log.close();

        assertThatThrownBy(() -> begin(run(), "a", Map.of()))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> this.log.findByRun(run())).isInstanceOf(UndoLogException.class);
    }

    @Test
    void oneConnectionIsEnough() {
        RunId run = run();
        try (JdbcUndoLog small = JdbcUndoLog.openOnOneConnection(
                UndoTables.dataSource(), this.tables.options(), new HmacUndoSeal("one"), null)) {
            UndoRecord begun = beginOn(small, run, "a");
            small.end(begun.position(), UndoRecord.State.DONE, null);
            small.claim(run).orElseThrow().close();

            assertThat(small.findByRun(run)).extracting(UndoRecord::state).containsExactly(UndoRecord.State.DONE);
        }
    }
}
