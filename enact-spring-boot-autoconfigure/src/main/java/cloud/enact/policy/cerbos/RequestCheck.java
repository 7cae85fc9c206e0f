package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.CheckResult.ActionEffect;
import cloud.enact.policy.cerbos.CheckResult.Outcome;
import cloud.enact.policy.cerbos.document.PolicyKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One request while it is answered. Policies of the principal come first, then those of the resource and the roles. */
final class RequestCheck {

    private static final String NO_MATCH = "NO_MATCH";

    /** Looks at the rules for everybody also on behalf of somebody who has no role. */
    private static final List<String> NO_ROLES = List.of("");

    private final RuleTable table;

    private final EngineOptions options;

    private final CheckRequest request;

    private final Evaluation evaluation;

    private final DerivedRoleCheck derivedRoles;

    private final List<String> roles;

    private final String principalVersion;

    private final String version;

    private final String scope;

    RequestCheck(RuleTable table, EngineOptions options, CheckRequest request) {
        this.table = table;
        this.options = options;
        this.request = request;
        this.evaluation = new Evaluation(request, options);
        this.principalVersion = orDefault(request.principal().policyVersion());
        this.version = orDefault(request.resource().policyVersion());
        this.scope = CheckRequest.plainScope(request.resource().scope());
        List<String> given = request.principal().roles();
        this.roles = given.isEmpty() ? NO_ROLES : given;
        Set<String> all = new TreeSet<>();
        this.roles.forEach(role -> all.addAll(withParents(role)));
        this.derivedRoles = new DerivedRoleCheck(this.evaluation, all);
    }

    CheckResult run() {
        CheckRequest.Principal principal = this.request.principal();
        String kind = this.request.resource().kind();
        List<String> principalScopes = scopes(PolicyKind.PRINCIPAL, CheckRequest.plainScope(principal.scope()));
        List<String> resourceScopes = scopes(PolicyKind.RESOURCE, this.scope);
        boolean ofPrincipal = this.table.mentionsPrincipals(this.principalVersion, principalScopes);
        boolean ofResource = this.table.mentions(kind, this.version, resourceScopes);
        String principalKey = key(PolicyKind.PRINCIPAL, principal.id(), this.principalVersion, principalScopes);
        String resourceKey = key(PolicyKind.RESOURCE, kind, this.version, resourceScopes);
        Map<String, ActionEffect> actions = new LinkedHashMap<>();
        for (String action : this.request.actions()) {
            ActionEffect effect = new ActionEffect(Outcome.NO_MATCH, NO_MATCH, "", null, null);
            if (ofPrincipal || ofResource) {
                effect = decide(new ActionWalk(this, action, PolicyKind.PRINCIPAL, principalScopes, principalKey));
                if (effect.outcome() == Outcome.NO_MATCH) {
                    // without any policy for the kind, role policies have nothing to narrow
                    effect = ofResource
                            ? decide(new ActionWalk(this, action, PolicyKind.RESOURCE, resourceScopes, resourceKey))
                            : new ActionEffect(Outcome.NO_MATCH, NO_MATCH, "", null, null);
                }
            }
            actions.put(action, effect);
        }
        return new CheckResult(
                actions, this.derivedRoles.effective(), this.evaluation.outputs(), this.evaluation.failed());
    }

    Evaluation evaluation() {
        return this.evaluation;
    }

    boolean needsConsent(String scope) {
        return this.table.needsConsent(scope);
    }

    List<String> withParents(String role) {
        return this.table.withParents(role, this.version, this.scope);
    }

    boolean hasDerivedRole(DerivedRole role) {
        return this.derivedRoles.isMet(role);
    }

    /** Finds the rules of a scope for somebody who has these roles, in the order in which they are looked at. */
    List<Rule> rules(PolicyKind of, String scope, String action, List<String> roles) {
        String kind = this.request.resource().kind();
        if (of == PolicyKind.PRINCIPAL) {
            CompiledPolicy policy = this.table.policy(
                    PolicyKind.PRINCIPAL, this.request.principal().id(), this.principalVersion, scope);
            return (policy != null) ? policy.rulesFor(action, kind) : List.of();
        }
        CompiledPolicy policy = this.table.policy(PolicyKind.RESOURCE, kind, this.version, scope);
        this.derivedRoles.enter(scope, (policy != null) ? policy.derivedRoles() : List.of());
        List<Rule> rules = new ArrayList<>();
        Map<String, CompiledPolicy> rolePolicies = this.table.rolePolicies(this.version, scope);
        if (!rolePolicies.isEmpty()) {
            for (String role : roles) {
                CompiledPolicy rolePolicy = rolePolicies.get(role);
                if (rolePolicy != null) {
                    rules.addAll(rolePolicy.denialsFor(action, kind));
                }
            }
        }
        if (policy != null) {
            for (Rule rule : policy.rulesFor(action)) {
                if (rule.isForAny(roles)) {
                    rules.add(rule);
                }
            }
        }
        return rules;
    }

    /** Asks for each role: the first that is allowed decides, or the first that is denied. */
    private ActionEffect decide(ActionWalk walk) {
        ActionEffect decided = walk.nothing();
        for (String role : walk.isOfPrincipal() ? NO_ROLES : this.roles) {
            ActionEffect effect = walk.decide(withParents(role));
            if (effect.failure() != null) {
                return effect;
            }
            Outcome before = decided.outcome();
            Outcome stronger = this.options.denyOverrides() ? Outcome.DENY : Outcome.ALLOW;
            if (before == Outcome.NO_MATCH || (effect.outcome() == stronger && before != stronger)) {
                decided = effect;
            }
            if (decided.outcome() == stronger) {
                return decided;
            }
        }
        return decided;
    }

    private List<String> scopes(PolicyKind kind, String from) {
        return this.table.scopes(kind, from, this.options.lenientScopeSearch());
    }

    private static String key(PolicyKind kind, String name, String version, List<String> scopes) {
        return new PolicyKey(kind, name, version, scopes.isEmpty() ? "" : scopes.get(0)).text();
    }

    private static String orDefault(String version) {
        return version.isEmpty() ? EngineOptions.DEFAULT_VERSION : version;
    }
}
