package cloud.enact.hook;

import cloud.enact.gate.OutsideChanges;
import org.jspecify.annotations.Nullable;

/** Knows what calls change, where the guard can see it. Thread-safe. */
@FunctionalInterface
public interface CallChanges {

    /** Where nothing can be seen. */
    CallChanges NONE = call -> null;

    /** What a call is about to change, or {@code null} when nothing of it is captured. Answers at once. */
    @Nullable
    OutsideChanges of(AgentCall call);
}
