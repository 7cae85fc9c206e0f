package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.ReversalLog;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.postgres.RestoreWitness;
import cloud.enact.undo.postgres.TableChange;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Takes down which rows putting rows back has changed, before that is committed. */
final class RowsReversal implements RestoreWitness {

    /** What the undoing of a change is called before the change's own name. */
    private static final String UNDO = "undo_";

    private final String undone;

    private final ReversalLog reversals;

    /**
     * Creates one.
     *
     * @param undone the operation that is undone
     */
    RowsReversal(String undone, ReversalLog reversals) {
        this.undone = undone;
        this.reversals = reversals;
    }

    @Override
    public UUID run() {
        return this.reversals.runId().value();
    }

    @Override
    public UUID action() {
        return this.reversals.actionId();
    }

    @Override
    public void captured(long marker, Collection<Long> restored, List<TableChange> changes) {
        CapturedRows captured = CapturedRows.of(changes);
        this.reversals.begin(new StepReversal(
                this.undone.startsWith(UNDO) ? this.undone.substring(UNDO.length()) : UNDO + this.undone,
                captured.describe(),
                captured.unprotected().isEmpty() ? Reversibility.REVERSIBLE : Reversibility.IRREVERSIBLE,
                ChangeStep.reversal(marker, captured, restored)));
    }
}
