package cloud.enact.policy;

import cloud.enact.action.ActionRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The effective policy set: what configuration names plus what annotations add. Thread-safe. */
public interface PolicySet extends PolicyDecisionPoint {

    /**
     * Decides as if something else had happened before, for what-ifs.
     *
     * @param history what policies that look back see
     */
    Decision decide(ActionRequest request, ActionHistory history);

    /**
     * Adds the policies of one governed method. Adding the same again changes nothing.
     *
     * @param action exact name of the action
     * @param specs its policies, in order
     * @throws PolicyConfigurationException when one can't be set up, or the action has other policies already
     */
    void govern(String action, List<PolicySpec> specs);

    /** The policies of governed methods, by the names of their actions. */
    Map<String, List<PolicySpec>> governed();

    /** The policies of the set, each at its place, in the order they are asked; those of methods come last. */
    default List<EffectivePolicy> policies() {
        return List.of();
    }

    /** Policies that could not judge since start-up, because they threw or took too long, and how often. */
    Map<String, Long> failures();

    /**
     * Whether a policy has something to say about such a call. A policy that is not of the catalogue counts wherever it
     * holds: what it looks at can't be known.
     */
    default boolean covers(ActionRequest call) {
        return true;
    }

    /** Why the set is not what its files say, in a sentence; {@code null} when it is. */
    default @Nullable String problem() {
        return null;
    }
}
