package cloud.enact.gate;

import cloud.enact.action.Reversibility;
import org.jspecify.annotations.Nullable;

/** Tells what is known of actions before anybody calls them. Thread-safe. */
@FunctionalInterface
public interface RegisteredActions {

    /** Whether an action can be taken back, or {@code null} when no such action is registered. */
    @Nullable
    Reversibility reversibility(String action);

    /** Whether an action does nothing but an operation of a connector, which captures all it changes. */
    default boolean isConnectorOperation(String action) {
        return false;
    }
}
