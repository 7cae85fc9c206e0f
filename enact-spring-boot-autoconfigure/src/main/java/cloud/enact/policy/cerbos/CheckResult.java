package cloud.enact.policy.cerbos;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param actions what holds for each action
 * @param effectiveDerivedRoles derived roles that the principal turned out to have
 * @param outputs what rules had to say, in the order in which they were looked at
 * @param failedExpressions expressions that could not be evaluated
 */
record CheckResult(
        Map<String, ActionEffect> actions,
        Set<String> effectiveDerivedRoles,
        List<Output> outputs,
        Set<String> failedExpressions) {

    /**
     * What holds for an action.
     *
     * @param outcome what was decided
     * @param policy key of the policy that decided, or {@code NO_MATCH}
     * @param scope scope that decided
     * @param src key of the deciding rule's policy, {@code #}, name of the rule; or {@code null} when none decided
     * @param failure why the deciding rule could not be evaluated, or {@code null}
     */
    record ActionEffect(
            Outcome outcome,
            String policy,
            String scope,
            @Nullable String src,
            @Nullable String failure) {

        boolean allows() {
            return this.outcome == Outcome.ALLOW;
        }
    }

    /** What can be decided. Whatever is not ALLOW is a denial. */
    enum Outcome {
        /** A rule allows it. */
        ALLOW,
        /** A rule denies it, or could not be evaluated. */
        DENY,
        /** No rule says anything. */
        NO_MATCH
    }

    /**
     * What a rule had to say.
     *
     * @param src key of the policy, {@code #}, name of the rule
     * @param action the action it was asked about
     * @param val the value, or {@code null}
     * @param failed whether it could not be evaluated
     */
    record Output(String src, String action, @Nullable Object val, boolean failed) {}
}
