package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.expression.CerbosExpression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled rule, for plain roles or for one derived role. Immutable.
 *
 * @param policy key of its policy, as text
 * @param name its name
 * @param resource kinds of resources it is for
 * @param actions actions it is for
 * @param roles roles it is for
 * @param derivedRole the derived role it is for, or {@code null}
 * @param effect what it says when it holds
 * @param condition when it holds, or {@code null} for always
 * @param activated what to tell when it holds, or {@code null}
 * @param conditionNotMet what to tell when its condition is not met, or {@code null}
 * @param definitions what its expressions can read
 */
record Rule(
        String policy,
        String name,
        Glob resource,
        List<Glob> actions,
        List<Glob> roles,
        @Nullable DerivedRole derivedRole,
        Effect effect,
        @Nullable Condition condition,
        @Nullable CerbosExpression activated,
        @Nullable CerbosExpression conditionNotMet,
        Definitions definitions) {

    /** What rules say. */
    enum Effect {
        /** It allows. */
        ALLOW,
        /** It denies. */
        DENY,
        /** It denies in the name of a role policy. */
        DENY_BY_ROLE_POLICY,
        /** It only tells something. */
        NONE
    }

    boolean isFor(String action) {
        return Glob.anyMatches(this.actions, action);
    }

    boolean isForAny(List<String> names) {
        for (String name : names) {
            if (Glob.anyMatches(this.roles, name)) {
                return true;
            }
        }
        return false;
    }

    boolean isForResource(String kind) {
        return this.resource.matches(kind)
                || PolicyKey.plain(this.resource.text()).equals(PolicyKey.plain(kind));
    }

    String src() {
        return this.policy + "#" + this.name;
    }

    /** The same rule with another effect and condition. */
    Rule with(Effect effect, @Nullable Condition condition) {
        return with(effect, condition, this.activated, this.conditionNotMet);
    }

    /** The same rule with another effect and condition, and with what it tells exchanged. */
    Rule withExchanged(Effect effect, @Nullable Condition condition) {
        return with(effect, condition, this.conditionNotMet, this.activated);
    }

    private Rule with(
            Effect effect,
            @Nullable Condition condition,
            @Nullable CerbosExpression activated,
            @Nullable CerbosExpression conditionNotMet) {
        return new Rule(
                this.policy,
                this.name,
                this.resource,
                this.actions,
                this.roles,
                this.derivedRole,
                effect,
                condition,
                activated,
                conditionNotMet,
                this.definitions);
    }
}
