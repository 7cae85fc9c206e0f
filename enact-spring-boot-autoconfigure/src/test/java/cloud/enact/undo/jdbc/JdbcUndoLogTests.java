package cloud.enact.undo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.RunId;
import cloud.enact.undo.HmacUndoSeal;
import cloud.enact.undo.StoredUndoLogContract;
import cloud.enact.undo.UndoLog;
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
import org.junit.jupiter.api.Test;

class JdbcUndoLogTests extends StoredUndoLogContract {

    private final UndoTables tables = new UndoTables();

    @AfterEach
    void drop() throws SQLException {
        this.tables.close();
    }

    @Override
    protected JdbcUndoLog open(String secret) {
        return this.tables.open(secret, null);
    }

    @Override
    protected void tamper(String... statements) throws SQLException {
        this.tables.tamper(statements);
    }

    @Override
    protected String blank(int size) {
        return "convert_to(repeat(' ', " + size + "), 'UTF8')";
    }

    @Override
    protected String replaced(String word, String other) {
        return "convert_to(replace(convert_from(document, 'UTF8'), '" + word + "', '" + other + "'), 'UTF8')";
    }

    @Override
    protected String document(String text) {
        return "convert_to('" + text + "', 'UTF8')";
    }

    @Test
    void manyNodesAtOnceLoseNoStepAndShareNoPosition() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        RunId run = run();
        try (JdbcUndoLog other = this.tables.open()) {
            List<Future<Long>> begun = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                UndoLog node = (i % 2 == 0) ? log() : other;
                begun.add(threads.submit(() -> beginOn(node, run, "step").position()));
            }
            List<Long> positions = new ArrayList<>();
            for (Future<Long> each : begun) {
                positions.add(each.get());
            }

            assertThat(positions).doesNotHaveDuplicates();
            assertThat(log().findByRun(run))
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

        assertThat(log().findByRun(run)).hasSize(8);
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

        assertThat(log().findByRun(run)).extracting(UndoRecord::operation).containsExactly("b");
    }

    @Test
    void noStepFailsBecauseTheServerEndedIdleConnections() throws SQLException {
        RunId run = run();
        UndoRecord first = begin(run, "a", Map.of());
        log().end(first.position(), UndoRecord.State.DONE, null);
        UndoLog.Claim claim = log().claim(run).orElseThrow();
        assertThat(log().findByRun(run)).hasSize(1);

        this.tables.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND position('" + this.tables.options().schema().name() + "' IN query) > 0");
        UndoRecord second = begin(run, "b", Map.of());
        this.tables.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND position('" + this.tables.options().schema().name() + "' IN query) > 0");
        log().end(second.position(), UndoRecord.State.DONE, null);
        claim.close();

        assertThat(log().findByRun(run)).extracting(UndoRecord::operation).containsExactly("a", "b");
        assertThat(this.tables.text("SELECT count(*) FROM undo_claim")).isEqualTo("0");
    }

    @Test
    void aClosedLogRefusesSteps() {
        log().close();

        assertThatThrownBy(() -> begin(run(), "a", Map.of()))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> log().findByRun(run())).isInstanceOf(UndoLogException.class);
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
