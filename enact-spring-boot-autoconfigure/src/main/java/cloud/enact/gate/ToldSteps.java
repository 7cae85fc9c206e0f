package cloud.enact.gate;

import cloud.enact.undo.GovernedAction;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepListener;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells what came of steps. A step that a policy stops has not begun, so nothing comes of it. */
final class ToldSteps implements StepExecutor {

    private final StepExecutor steps;

    private final StepListener listener;

    ToldSteps(StepExecutor steps, StepListener listener) {
        this.steps = steps;
        this.listener = listener;
    }

    @Override
    public StepResult perform(StepOperation step) {
        return told(step, () -> this.steps.perform(step));
    }

    @Override
    public StepResult perform(StepOperation step, GovernedAction within) {
        return told(step, () -> this.steps.perform(step, within));
    }

    private StepResult told(StepOperation step, Supplier<StepResult> work) {
        long begin = System.nanoTime();
        StepResult result;
        try {
            result = work.get();
        } catch (StepFailedException ex) {
            tell(step, StepListener.Outcome.FAILED, begin);
            throw ex;
        }
        tell(
                step,
                (result.alreadyDone() != null) ? StepListener.Outcome.ALREADY_DONE : StepListener.Outcome.SUCCEEDED,
                begin);
        return result;
    }

    private void tell(StepOperation step, StepListener.Outcome outcome, long begin) {
        this.listener.performed(
                step.connector(), step.operation(), outcome, Duration.ofNanos(System.nanoTime() - begin));
    }
}
