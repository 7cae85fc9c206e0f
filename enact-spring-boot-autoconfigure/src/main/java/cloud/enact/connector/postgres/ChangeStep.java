package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a governed action changed in one transaction, as a step: policies see how many rows of which tables, the undo
 * log keeps where their old state is, and doing the step commits it. A transaction of somebody around the action is
 * committed by them; whether it was is seen by the marker, which exists if and only if it was.
 */
final class ChangeStep implements StepOperation {

    static final String OPERATION = "change_rows";

    private final String database;

    private final Mark mark;

    private final CapturedRows captured;

    private final GuardedTransactions.@Nullable Commit commit;

    ChangeStep(String database, Mark mark, CapturedRows captured, GuardedTransactions.@Nullable Commit commit) {
        this.database = database;
        this.mark = mark;
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
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        args.put("rows", this.captured.total());
        args.put("tables", new TreeMap<>(this.captured.rows()));
        if (!this.captured.unprotected().isEmpty()) {
            args.put("unprotected", this.captured.unprotected());
        }
        return args;
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
    public Capture capture(BlobStore blobs) {
        return new Capture(new PreState(Map.of("marker", this.mark.id())), new Fingerprint(Map.of()));
    }

    @Override
    public StepResult apply(@Nullable Capture capture) throws Exception {
        if (this.commit != null) {
            this.commit.run();
        }
        return new StepResult(args(), null, null);
    }
}
