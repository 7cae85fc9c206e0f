package cloud.enact.gate;

import java.util.UUID;

/** Tells whether an action is still running in this process, so that its missing outcome means nothing yet. Thread-safe. */
@FunctionalInterface
public interface ActionsInFlight {

    /** Whether the action of this id was let through here and has not ended. */
    boolean test(UUID actionId);
}
