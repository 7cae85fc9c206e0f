package cloud.enact.policy;

import cloud.enact.action.ActionRequest;

/** Evaluates every policy of the effective set. Thread-safe; never throws. */
public interface PolicyDecisionPoint {

    /** Asks every policy that applies, in declared order, and keeps the strictest answer. */
    Decision decide(ActionRequest request);

    /**
     * Asks only the policies that name the action by a pattern that begins with its system, such as {@code enact.*} for
     * {@code enact.rollback}: for what Enact does itself, which a rule about everything that agents do is not meant for.
     */
    default Decision decideNamed(ActionRequest request) {
        return decide(request);
    }

    /** Whether a policy that holds for the action is enforced on its own, even while the application observes. */
    boolean enforces(String action);

    /** The digest of the effective policy set, {@code sha256:} and 64 hexadecimal digits. */
    String policySet();
}
