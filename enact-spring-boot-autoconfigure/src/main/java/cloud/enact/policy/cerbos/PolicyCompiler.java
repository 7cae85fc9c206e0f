package cloud.enact.policy.cerbos;

import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.cerbos.Rule.Effect;
import cloud.enact.policy.cerbos.document.ConditionSource;
import cloud.enact.policy.cerbos.document.Located;
import cloud.enact.policy.cerbos.document.PolicyDocument;
import cloud.enact.policy.cerbos.document.PolicyKind;
import cloud.enact.policy.cerbos.document.RuleSource;
import cloud.enact.policy.cerbos.expression.CerbosExpression;
import cloud.enact.policy.cerbos.expression.CerbosExpressions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a table of rules of documents that may refer to each other. Not thread-safe. */
final class PolicyCompiler {

    private final CerbosExpressions expressions = new CerbosExpressions();

    private final Map<String, PolicyDocument> named = new HashMap<>();

    private final DefinitionsCompiler definitions;

    PolicyCompiler() {
        this.definitions = new DefinitionsCompiler(this.expressions, this.named);
    }

    /**
     * Compiles.
     *
     * @throws PolicyFileException when a document is not valid, or refers to one that is not there
     */
    RuleTable compile(List<PolicyDocument> documents) {
        Map<PolicyKey, PolicyDocument> policies = new LinkedHashMap<>();
        for (PolicyDocument document : documents) {
            register(document, policies);
        }
        List<CompiledPolicy> compiled = new ArrayList<>();
        policies.forEach((key, document) -> compiled.add(policy(key, document)));
        requireAncestors(policies);
        return new RuleTable(compiled, scopesNeedingConsent(policies));
    }

    private void register(PolicyDocument document, Map<PolicyKey, PolicyDocument> policies) {
        Located name = document.name();
        PolicyDocument before = switch (document.kind()) {
            case DERIVED_ROLES, EXPORT_CONSTANTS, EXPORT_VARIABLES ->
                this.named.put(DefinitionsCompiler.key(document.kind(), name.text()), document);
            default -> policies.put(key(document), document);
        };
        if (before != null) {
            throw name.wrong(
                    "'" + name.text() + "' is already defined in "
                            + before.name().place(),
                    "Give one of them another name, version or scope, or remove it.");
        }
    }

    private static PolicyKey key(PolicyDocument document) {
        return new PolicyKey(document.kind(), document.name().text(), document.version(), document.scope());
    }

    private CompiledPolicy policy(PolicyKey key, PolicyDocument document) {
        Map<String, DerivedRole> derivedRoles = derivedRoles(document);
        Definitions definitions = this.definitions.ofPolicy(document);
        List<Rule> rules = new ArrayList<>();
        for (RuleSource source : document.rules()) {
            if (!source.roles().isEmpty() || document.kind() == PolicyKind.PRINCIPAL) {
                rules.add(rule(key, document, source, definitions, null));
            }
            for (Located role : source.derivedRoles()) {
                rules.add(rule(key, document, source, definitions, derivedRoles.get(role.text())));
            }
        }
        return new CompiledPolicy(key, rules, List.copyOf(derivedRoles.values()), document.parentRoles());
    }

    private Rule rule(
            PolicyKey key,
            PolicyDocument document,
            RuleSource source,
            Definitions definitions,
            @Nullable DerivedRole derivedRole) {
        Rule rule = new Rule(
                key.text(),
                source.name().text(),
                new Glob(source.resource()),
                Glob.all(source.actions()),
                (derivedRole != null) ? derivedRole.parentRoles() : Glob.all(source.roles()),
                derivedRole,
                source.allows() ? Effect.ALLOW : Effect.DENY,
                condition(source.condition()),
                expression(source.activated()),
                expression(source.conditionNotMet()),
                definitions);
        // where the scopes above have to agree, a condition only takes away
        boolean takesAway = Boolean.TRUE.equals(document.needsConsent()) && source.allows();
        return (takesAway && rule.condition() != null)
                ? rule.withExchanged(Effect.DENY, new Condition.None(List.of(rule.condition())))
                : rule;
    }

    /** The derived roles that rules of a policy name. */
    private Map<String, DerivedRole> derivedRoles(PolicyDocument document) {
        Map<String, DerivedRole> imported = new HashMap<>();
        Set<String> ambiguous = new LinkedHashSet<>();
        for (Located name : document.imports()) {
            PolicyDocument definitions = this.definitions.require(PolicyKind.DERIVED_ROLES, name);
            definitions.roles().forEach(role -> {
                DerivedRole compiled = new DerivedRole(
                        role.name().text(),
                        Glob.all(role.parentRoles()),
                        condition(role.condition()),
                        this.definitions.ofRole(definitions, role));
                if (imported.put(compiled.name(), compiled) != null) {
                    ambiguous.add(compiled.name());
                }
            });
        }
        Map<String, DerivedRole> used = new LinkedHashMap<>();
        for (RuleSource rule : document.rules()) {
            for (Located name : rule.derivedRoles()) {
                DerivedRole role = imported.get(name.text());
                if (role == null || ambiguous.contains(name.text())) {
                    throw name.wrong(
                            "the derived role '" + name.text() + "' is defined in "
                                    + ((role == null) ? "none" : "more than one") + " of the imports",
                            "Define it once, and name its definitions in importDerivedRoles.");
                }
                used.put(name.text(), role);
            }
        }
        return used;
    }

    @Nullable
    Condition condition(@Nullable ConditionSource source) {
        return (source != null) ? required(source) : null;
    }

    private Condition required(ConditionSource source) {
        List<Condition> parts = source.parts().stream().map(this::required).toList();
        return switch (source.operator()) {
            case ALL -> new Condition.All(parts);
            case ANY -> new Condition.AtLeastOne(parts);
            case NONE -> new Condition.None(parts);
            case EXPR -> {
                Located text = source.expression();
                if (text == null) {
                    throw new IllegalArgumentException("An expression without text");
                }
                yield new Condition.Single(this.expressions.compile(text));
            }
        };
    }

    private @Nullable CerbosExpression expression(@Nullable Located source) {
        return (source != null) ? this.expressions.compile(source) : null;
    }

    /** A policy below a scope refines those above it, so they must be there. */
    private static void requireAncestors(Map<PolicyKey, PolicyDocument> policies) {
        policies.forEach((key, document) -> {
            String parent = (key.kind() == PolicyKind.ROLE) ? null : RuleTable.parent(key.scope());
            for (; parent != null; parent = RuleTable.parent(parent)) {
                PolicyKey above = new PolicyKey(key.kind(), key.name(), key.version(), parent);
                if (!policies.containsKey(above)) {
                    throw document.name()
                            .wrong(
                                    "the policy " + above.text() + " above it is missing",
                                    "Add it, if only without rules.");
                }
            }
        });
    }

    private static Set<String> scopesNeedingConsent(Map<PolicyKey, PolicyDocument> policies) {
        Map<String, PolicyDocument> byScope = new HashMap<>();
        Set<String> needing = new LinkedHashSet<>();
        policies.forEach((key, document) -> {
            if (key.kind() == PolicyKind.ROLE) {
                return;
            }
            PolicyDocument other = byScope.putIfAbsent(key.scope(), document);
            boolean needs = Boolean.TRUE.equals(document.needsConsent());
            if (other != null && needs != Boolean.TRUE.equals(other.needsConsent())) {
                throw document.name()
                        .wrong(
                                "scopePermissions differ from those in "
                                        + other.name().place() + " for the same scope",
                                "Write the same scopePermissions into all policies of a scope.");
            }
            if (needs) {
                needing.add(key.scope());
            }
        });
        return needing;
    }
}
