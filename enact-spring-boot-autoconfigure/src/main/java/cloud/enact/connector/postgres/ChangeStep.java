package cloud.enact.connector.postgres;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Reversibility;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.postgres.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a governed action changed in one transaction, as a step: policies see how many rows of which tables, the undo
 * log keeps where their old state is, and doing the step commits it. A transaction of somebody around the action is
 * committed by them; whether it was is seen by the marker, which exists if and only if it was.
 */
final class ChangeStep implements StepOperation {

    static final String OPERATION = "change_rows";

    private static final String MARKER = "marker";

    private static final String TABLES = "tables";

    private static final String REOPENS = "reopens";

    private static final String COMMITTED = "committed";

    private final String database;

    private final long marker;

    private final CapturedRows captured;

    private final GuardedTransactions.@Nullable Commit commit;

    ChangeStep(String database, long marker, CapturedRows captured, GuardedTransactions.@Nullable Commit commit) {
        this.database = database;
        this.marker = marker;
        this.captured = captured;
        this.commit = commit;
    }

    @Override
    public String connector() {
        return this.database;
    }

    @Override
    public String operation() {
        return OPERATION;
    }

    @Override
    public Map<String, @Nullable Object> args() {
        return this.captured.describe();
    }

    @Override
    public Map<String, @Nullable Object> undoArgs() {
        return args();
    }

    @Override
    public Reversibility reversibility() {
        return this.captured.unprotected().isEmpty() ? Reversibility.REVERSIBLE : Reversibility.IRREVERSIBLE;
    }

    @Override
    public ActionEffect effect() {
        return this.captured.effect();
    }

    @Override
    public Capture capture(BlobStore blobs) {
        return capture(this.marker, this.captured);
    }

    /** Where the old state of captured rows is. */
    static Capture capture(long marker, CapturedRows captured) {
        return new Capture(
                new PreState(Map.of(MARKER, marker, TABLES, captured.tableNames())), new Fingerprint(Map.of()));
    }

    @Override
    public StepResult apply(@Nullable Capture capture) throws Exception {
        if (this.commit == null) {
            return new StepResult(args(), null, null);
        }
        this.commit.run();
        return new StepResult(args(), null, committed());
    }

    /** What is left behind once the database said that it is committed. */
    static Fingerprint committed() {
        return new Fingerprint(Map.of(COMMITTED, true));
    }

    /** The marker of a recorded step. */
    static long marker(UndoRecord record) {
        return ((Number) Objects.requireNonNull(record.before().values().get(MARKER))).longValue();
    }

    /** Whether the database said that it is committed, so that the marker must be there. */
    static boolean isCommitted(UndoRecord record) {
        return Boolean.TRUE.equals(record.fingerprint().values().get(COMMITTED));
    }

    /** Whether a record has a marker, so that changes of rows were captured under it. */
    static boolean isMarked(UndoRecord record) {
        return record.before().values().get(MARKER) instanceof Number;
    }

    /** Where the old state of rows is that a restore put others in place of. */
    static Capture reversal(long marker, CapturedRows captured, Collection<Long> restored) {
        return new Capture(
                new PreState(Map.of(MARKER, marker, TABLES, captured.tableNames(), REOPENS, List.copyOf(restored))),
                new Fingerprint(Map.of()));
    }

    /** The markers whose restore a recorded step was. */
    static List<Long> reopens(UndoRecord record) {
        return (record.before().values().get(REOPENS) instanceof List<?> markers)
                ? markers.stream()
                        .filter(Number.class::isInstance)
                        .map(marker -> ((Number) marker).longValue())
                        .toList()
                : List.of();
    }

    /** Tables a recorded step wrote to without their rows being captured. */
    static List<String> notCaptured(UndoRecord record) {
        return (record.args().get(CapturedRows.UNPROTECTED) instanceof List<?> names)
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The tables of a recorded step. */
    static List<TableName> tables(UndoRecord record) {
        List<TableName> tables = new ArrayList<>();
        if (record.before().values().get(TABLES) instanceof List<?> names) {
            for (Object name : names) {
                if (name instanceof List<?> parts && parts.size() == 2) {
                    tables.add(new TableName(String.valueOf(parts.get(0)), String.valueOf(parts.get(1))));
                }
            }
        }
        return tables;
    }
}
