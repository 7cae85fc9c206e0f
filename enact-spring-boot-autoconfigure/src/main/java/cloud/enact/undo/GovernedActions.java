package cloud.enact.undo;

import org.jspecify.annotations.Nullable;

/** Knows which governed action a thread is in. Connectors get one; the gate implements it. Thread-safe. */
public interface GovernedActions {

    /** The innermost governed action of this thread, or {@code null}. */
    @Nullable
    GovernedAction current();
}
