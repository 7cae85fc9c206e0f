package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.Rule.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A compiled resource, principal or role policy, its rules found by action. Immutable. */
final class CompiledPolicy {

    private final PolicyKey key;

    private final List<Rule> rules;

    private final List<DerivedRole> derivedRoles;

    private final List<String> parentRoles;

    private final Map<String, List<Rule>> byAction = new HashMap<>();

    private final List<Rule> withPatterns;

    CompiledPolicy(PolicyKey key, List<Rule> rules, List<DerivedRole> derivedRoles, List<String> parentRoles) {
        this.key = key;
        this.rules = List.copyOf(rules);
        this.derivedRoles = List.copyOf(derivedRoles);
        this.parentRoles = List.copyOf(parentRoles);
        this.withPatterns = this.rules.stream()
                .filter(rule -> !rule.actions().stream().allMatch(Glob::isLiteral))
                .toList();
        for (Rule rule : this.rules) {
            for (Glob action : rule.actions()) {
                if (action.isLiteral()) {
                    this.byAction.computeIfAbsent(action.text(), name -> matching(this.rules, name));
                }
            }
        }
    }

    PolicyKey key() {
        return this.key;
    }

    List<Rule> rules() {
        return this.rules;
    }

    /** The derived roles that its rules name. */
    List<DerivedRole> derivedRoles() {
        return this.derivedRoles;
    }

    List<String> parentRoles() {
        return this.parentRoles;
    }

    /** The rules for an action, in order. */
    List<Rule> rulesFor(String action) {
        List<Rule> known = this.byAction.get(action);
        return (known != null) ? known : matching(this.withPatterns, action);
    }

    /** The rules of a principal policy for an action and a kind of resource, in order. */
    List<Rule> rulesFor(String action, String resource) {
        return rulesFor(action).stream()
                .filter(rule -> rule.isForResource(resource))
                .toList();
    }

    /** What a role policy denies: all that it does not allow. */
    List<Rule> denialsFor(String action, String resource) {
        List<Rule> denials = new ArrayList<>();
        boolean allowed = false;
        for (Rule rule : rulesFor(action, resource)) {
            allowed = true;
            if (rule.condition() != null) {
                denials.add(
                        rule.withExchanged(Effect.DENY_BY_ROLE_POLICY, new Condition.None(List.of(rule.condition()))));
            } else if (rule.activated() != null) {
                denials.add(rule.with(Effect.NONE, null));
            }
        }
        return allowed ? denials : List.of(denial());
    }

    boolean mentions(String resource) {
        return this.rules.stream().anyMatch(rule -> rule.isForResource(resource));
    }

    private Rule denial() {
        return new Rule(
                this.key.text(),
                "",
                new Glob("*"),
                List.of(),
                List.of(),
                null,
                Effect.DENY_BY_ROLE_POLICY,
                null,
                null,
                null,
                new Definitions(Map.of(), Map.of(), Set.of()));
    }

    private static List<Rule> matching(List<Rule> rules, String action) {
        return rules.stream().filter(rule -> rule.isFor(action)).toList();
    }
}
