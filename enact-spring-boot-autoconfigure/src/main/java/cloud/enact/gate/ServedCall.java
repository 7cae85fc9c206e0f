package cloud.enact.gate;

import cloud.enact.action.Actor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tool call of somebody outside of the application, which serves the tool. Its caller gives up after a while, so it is
 * not kept waiting by the gate.
 */
public interface ServedCall {

    /** Who asks, or {@code null} when the application's resolvers are to find out. */
    @Nullable
    Supplier<Actor> asking();

    /** The conversation it belongs to, or {@code null} when none is known. */
    @Nullable
    String conversation();

    /**
     * People have been asked about the call. Brings its caller to the question if that is possible, and waits no longer
     * for the answer than the caller waits.
     *
     * @return whether it makes sense to try the call again
     */
    boolean pending(ApprovalRequiredException asked);
}
