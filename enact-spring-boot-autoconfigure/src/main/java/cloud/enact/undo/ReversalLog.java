package cloud.enact.undo;

/** Takes down what undoing is about to change, so that it can be done again. For one rollback, on one thread. */
@FunctionalInterface
public interface ReversalLog {

    /**
     * Takes down a reversal; durable when it returns.
     *
     * @throws UndoLogException when that is impossible; the undoing must not be completed then
     */
    void begin(StepReversal reversal);
}
