package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.CheckResult.ActionEffect;
import cloud.enact.policy.cerbos.CheckResult.Outcome;
import cloud.enact.policy.cerbos.Rule.Effect;
import cloud.enact.policy.cerbos.document.PolicyKind;
import cloud.enact.policy.cerbos.expression.EvaluationFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of one action through the scopes, from that of the request up to the root. */
final class ActionWalk {

    private final RequestCheck check;

    private final String action;

    private final PolicyKind of;

    private final List<String> scopes;

    private final String mainKey;

    /**
     * Creates the way.
     *
     * @param of whether policies of the principal or those of the resource are asked
     * @param mainKey the policy in whose name is decided
     */
    ActionWalk(RequestCheck check, String action, PolicyKind of, List<String> scopes, String mainKey) {
        this.check = check;
        this.action = action;
        this.of = of;
        this.scopes = scopes;
        this.mainKey = mainKey;
    }

    /** Whether policies of the principal are asked, which do not care for roles. */
    boolean isOfPrincipal() {
        return this.of == PolicyKind.PRINCIPAL;
    }

    ActionEffect nothing() {
        return new ActionEffect(Outcome.NO_MATCH, this.mainKey, "", null, null);
    }

    /** Decides for somebody who has these roles. */
    ActionEffect decide(List<String> roles) {
        for (String scope : this.scopes) {
            ActionEffect effect = decide(scope, this.check.rules(this.of, scope, this.action, roles));
            if (effect != null) {
                return effect;
            }
        }
        return nothing();
    }

    /** The first rule that denies decides, else the first that allows, else the scope above. */
    private @Nullable ActionEffect decide(String scope, List<Rule> rules) {
        Rule allowing = null;
        for (Rule rule : rules) {
            boolean holds;
            try {
                if (!isForDerivedRole(rule)) {
                    continue;
                }
                holds = holds(rule);
            } catch (EvaluationFailure failure) {
                return new ActionEffect(Outcome.DENY, rule.policy(), scope, rule.src(), failure.reason());
            }
            this.check.evaluation().tell(holds ? rule.activated() : rule.conditionNotMet(), rule, this.action);
            if (!holds || rule.effect() == Effect.NONE) {
                continue;
            }
            if (rule.effect() == Effect.ALLOW) {
                allowing = (allowing != null) ? allowing : rule;
            } else {
                boolean byRole = rule.effect() == Effect.DENY_BY_ROLE_POLICY;
                return new ActionEffect(Outcome.DENY, byRole ? rule.policy() : this.mainKey, scope, rule.src(), null);
            }
        }
        return (allowing != null && !this.check.needsConsent(scope))
                ? new ActionEffect(Outcome.ALLOW, this.mainKey, scope, allowing.src(), null)
                : null;
    }

    private boolean isForDerivedRole(Rule rule) {
        this.check.evaluation().report(rule.definitions());
        return rule.derivedRole() == null || this.check.hasDerivedRole(rule.derivedRole());
    }

    private boolean holds(Rule rule) {
        return rule.condition() == null || this.check.evaluation().holds(rule.condition(), rule.definitions());
    }
}
