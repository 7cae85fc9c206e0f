package cloud.enact.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every undo log promises whose records are rows of a database that somebody else may write. */
public abstract class StoredUndoLogContract extends UndoLogContract {

    private static final int BLOWN_UP = 40_000_000;

    private DocumentUndoLog log;

    @BeforeEach
    protected void openLog() {
        this.log = open("one");
    }

    @AfterEach
    protected void closeLog() {
        this.log.close();
    }

    @Override
    protected final DocumentUndoLog log() {
        return this.log;
    }

    /** Opens the log of this test, once more or for the first time. */
    protected abstract DocumentUndoLog open(String secret);

    /** Runs statements as somebody who has got around Enact. */
    protected abstract void tamper(String... statements) throws SQLException;

    /** A document of zeros or blanks, as SQL says it. */
    protected abstract String blank(int size);

    /** A document with one word for another, as SQL says it. */
    protected abstract String replaced(String word, String other);

    /** A document of this text, as SQL says it. */
    protected abstract String document(String text);

    protected final UndoRecord beginOn(UndoLog other, RunId run, String operation) {
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
    protected void recordsAreThereAfterReopening() {
        RunId run = run();
        UndoRecord begun = begin(run, "write_file", Map.of("path", "/a"));
        this.log.end(begun.position(), UndoRecord.State.DONE, null);
        this.log.close();

        this.log = open("one");

        assertThat(this.log.findByRun(run)).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(UndoRecord.State.DONE);
            assertThat(record.digest()).isEqualTo(begun.digest());
        });
        assertThat(begin(run, "next", Map.of()).position()).isGreaterThan(begun.position());
    }

    @Test
    protected void aPositionIsNotUsedAgainAfterItsRowIsGone() throws SQLException {
        RunId run = run();
        long position = begin(run, "a", Map.of()).position();
        tamper("DELETE FROM undo_begun");

        assertThat(begin(run, "b", Map.of()).position()).isGreaterThan(position);
    }

    @Test
    protected void twoLogsShareThePositionsAndEndEachOthersSteps() {
        RunId run = run();

        try (DocumentUndoLog other = open("one")) {
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

    /** What somebody does to a row, as SQL sets it. */
    protected enum Tampering {
        OTHER_WORDS("undo_begun"),
        MORE_WORDS("undo_begun"),
        NO_WORDS("undo_begun"),
        BLOWN_UP_WORDS("undo_begun"),
        OTHER_SEAL("undo_begun"),
        NO_SEAL("undo_begun"),
        OTHER_END("undo_ended"),
        BLOWN_UP_END("undo_ended"),
        OTHER_SEAL_OF_END("undo_ended"),
        BEGINNING_FOR_END("undo_ended");

        private final String table;

        Tampering(String table) {
            this.table = table;
        }
    }

    private String set(Tampering tampering) {
        return switch (tampering) {
            case OTHER_WORDS -> "document = " + replaced("write_file", "write_fill");
            case MORE_WORDS -> "document = document || " + document(" ");
            case NO_WORDS -> "document = " + document("");
            case BLOWN_UP_WORDS, BLOWN_UP_END -> "document = " + blank(BLOWN_UP);
            case OTHER_SEAL -> "seal = replace(replace(seal, 'a', 'b'), '1', '2')";
            case NO_SEAL -> "seal = ''";
            case OTHER_END -> "document = " + replaced("DONE", "FAIL");
            case OTHER_SEAL_OF_END -> "seal = 'x'";
            case BEGINNING_FOR_END ->
                "document = (SELECT document FROM undo_begun), seal = (SELECT seal FROM undo_begun)";
        };
    }

    @ParameterizedTest
    @EnumSource
    protected void anAlteredRowIsReportedWithItsRunAndPosition(Tampering tampering) throws SQLException {
        RunId run = run();
        long position = begin(run, "write_file", Map.of("path", "/a1")).position();
        this.log.end(position, UndoRecord.State.DONE, null);

        tamper("UPDATE " + tampering.table + " SET " + set(tampering));

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("Record " + position + " of run " + run)
                .hasMessageContaining("altered");
    }

    @Test
    protected void aRowMovedToAnotherPositionIsReported() throws SQLException {
        RunId run = run();
        long position = begin(run, "a", Map.of()).position();

        tamper("UPDATE undo_begun SET position = position + 7");

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("Record " + (position + 7) + " of run " + run);
    }

    @Test
    protected void aRowMovedWithItsEndIsReported() throws SQLException {
        RunId run = run();
        this.log.end(begin(run, "a", Map.of()).position(), UndoRecord.State.DONE, null);

        tamper("UPDATE undo_begun SET position = position + 7", "UPDATE undo_ended SET position = position + 7");

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("of run " + run)
                .hasMessageContaining("altered");
    }

    @Test
    protected void aRowMovedToAnotherRunIsReported() throws SQLException {
        begin(run(), "a", Map.of());
        RunId other = run();

        tamper("UPDATE undo_begun SET run_id = '" + other + "'");

        assertThatThrownBy(() -> this.log.findByRun(other))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("belongs to another run");
    }

    @Test
    protected void swappedRowsAreReported() throws SQLException {
        RunId run = run();
        long one = begin(run, "a", Map.of()).position();
        long two = begin(run, "b", Map.of()).position();

        tamper(
                "UPDATE undo_begun SET position = -1 WHERE position = " + one,
                "UPDATE undo_begun SET position = " + one + " WHERE position = " + two,
                "UPDATE undo_begun SET position = " + two + " WHERE position = -1");

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("belongs to another place");
    }

    @Test
    protected void anEndGivenToAnotherRecordIsReported() throws SQLException {
        RunId run = run();
        long one = begin(run, "a", Map.of()).position();
        long two = begin(run, "b", Map.of()).position();
        this.log.end(two, UndoRecord.State.DONE, null);

        tamper("UPDATE undo_ended SET position = " + one);

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("altered");
    }

    @Test
    protected void aRecordSealedWithAnotherKeyIsReported() {
        RunId run = run();
        begin(run, "a", Map.of());

        try (DocumentUndoLog other = open("two")) {
            assertThatThrownBy(() -> other.findByRun(run)).isInstanceOf(UndoLogException.class);
        }
    }

    @Test
    protected void aLostEndLeavesAnIntent() throws SQLException {
        RunId run = run();
        long position = begin(run, "a", Map.of()).position();
        this.log.end(position, UndoRecord.State.DONE, new Fingerprint(Map.of("sha256", "real")));

        tamper("DELETE FROM undo_ended");

        assertThat(this.log.findByRun(run)).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(UndoRecord.State.INTENT);
            assertThat(record.fingerprint().values()).isEqualTo(Map.of("expected", true));
        });
    }
}
