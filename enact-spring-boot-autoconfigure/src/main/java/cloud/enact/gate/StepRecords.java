package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.undo.Capture;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import org.jspecify.annotations.Nullable;

/** Writes into the undo log what steps are about to change, and how they ended. Thread-safe. */
final class StepRecords {

    private static final FailureLog failures = new FailureLog(StepRecords.class);

    private final UndoLog undoLog;

    StepRecords(UndoLog undoLog) {
        this.undoLog = undoLog;
    }

    /**
     * Writes that a step is about to be taken; it is durable then.
     *
     * @param action the action it belongs to
     * @throws RuntimeException when it could not be written
     */
    UndoRecord begin(StepOperation step, ActionRequest action, Capture capture) {
        return this.undoLog
                .about(action)
                .begin(
                        action.run().id(),
                        action.actionId(),
                        step.undoneBy(),
                        step.operation(),
                        step.undoArgs(),
                        step.reversibility(),
                        capture);
    }

    /**
     * Notes how a step ended; never throws.
     *
     * @param left what it left, or {@code null} when nobody knows
     */
    void end(UndoRecord record, UndoRecord.State end, @Nullable Fingerprint left) {
        try {
            this.undoLog.end(record.position(), end, left);
        } catch (Throwable ex) {
            // the intent stays, with what the step was expected to leave: rollback finds out by looking
            failures.warn("The end of step " + record.action() + " could not be noted in the undo log", ex);
        }
    }
}
