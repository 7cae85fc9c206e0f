package cloud.enact.undo;

import cloud.enact.action.RunId;
import java.util.UUID;

/** Takes down what undoing is about to change, so that it can be done again. For one rollback, on one thread. */
public interface ReversalLog {

    /** The rollback's own run. */
    RunId runId();

    /** The rollback's action. */
    UUID actionId();

    /**
     * Takes down a reversal; durable when it returns.
     *
     * @throws UndoLogException when that is impossible; the undoing must not be completed then
     */
    void begin(StepReversal reversal);
}
