package cloud.enact.undo;

/**
 * Performs steps inside the governed action that is running on this thread: judges them, captures, applies, records.
 * Connectors get one; the gate implements it.
 */
public interface StepExecutor {

    /**
     * Performs the step.
     *
     * @throws IllegalStateException when no governed action is running: an ungoverned step never happens
     */
    StepResult perform(StepOperation step);

    /**
     * Performs the step for an action that need not be the innermost one of this thread. An executor that knows only
     * one action need not tell them apart.
     *
     * @param step the step
     * @param within the action it belongs to
     */
    default StepResult perform(StepOperation step, GovernedAction within) {
        return perform(step);
    }
}
