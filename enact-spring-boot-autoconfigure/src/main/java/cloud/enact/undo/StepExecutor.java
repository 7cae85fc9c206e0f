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
}
