package cloud.enact.undo;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Passes on to listeners, none of which can do harm. */
final class SafeStepListener implements StepListener {

    private static final FailureLog failures = new FailureLog(SafeStepListener.class);

    private final List<StepListener> listeners;

    SafeStepListener(List<StepListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void performed(String connector, String operation, Outcome outcome, Duration took) {
        tell(listener -> listener.performed(connector, operation, outcome, took));
    }

    @Override
    public void undone(String connector, Restoration restoration) {
        tell(listener -> listener.undone(connector, restoration));
    }

    private void tell(Consumer<StepListener> what) {
        for (StepListener listener : this.listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException ex) {
                failures.warn("A listener to steps failed", ex);
            }
        }
    }
}
