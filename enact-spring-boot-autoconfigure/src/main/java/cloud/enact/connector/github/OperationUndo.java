package cloud.enact.connector.github;

import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back for one kind of operation. What GitHub refuses comes out as a {@link GitHubException}, a record that
 * can't be read as an {@link IllegalArgumentException}. Thread-safe.
 */
interface OperationUndo {

    /**
     * Says what undoing would come to; changes nothing.
     *
     * @param record the step
     * @param planned what else is undone
     */
    StepRestoration foresee(UndoRecord record, Planned planned);

    /**
     * Undoes the step, unless that was done already.
     *
     * @param record the step
     * @param planned what else is undone
     * @param force whether to do so over somebody's later change
     */
    StepRestoration undo(UndoRecord record, Planned planned, boolean force);

    /**
     * Says whether the step took effect; changes nothing.
     *
     * @param record a step that is not known to have done so
     */
    default StepProbe probe(UndoRecord record) {
        return StepProbe.of(record, foresee(record, Planned.of(List.of(record))));
    }

    /**
     * The undoing of the step as a step of its own; changes nothing.
     *
     * @return {@code null} when the step can't be done again, or undoing it would change nothing
     */
    default @Nullable StepReversal reversal(UndoRecord record) {
        return null;
    }
}
