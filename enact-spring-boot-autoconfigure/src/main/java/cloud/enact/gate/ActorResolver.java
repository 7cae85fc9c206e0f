package cloud.enact.gate;

import cloud.enact.action.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out who asks. Thread-safe; called on the thread that makes the call. */
@FunctionalInterface
public interface ActorResolver {

    /**
     * Returns the actor, or {@code null} when this resolver knows none.
     *
     * @param toolContext what the application passed along with the tool call; empty outside of tool calls
     */
    @Nullable
    Actor resolve(Map<String, Object> toolContext);
}
