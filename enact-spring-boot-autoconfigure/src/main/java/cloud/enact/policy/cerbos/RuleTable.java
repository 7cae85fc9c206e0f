package cloud.enact.policy.cerbos;

import cloud.enact.policy.cerbos.document.PolicyKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All compiled policies, found by what a request is about. Immutable. */
final class RuleTable {

    private final Map<PolicyKey, CompiledPolicy> policies = new LinkedHashMap<>();

    /** Role policies by version and scope, then by role. */
    private final Map<String, Map<String, CompiledPolicy>> rolePolicies = new HashMap<>();

    private final Set<String> resourceScopes = new HashSet<>();

    private final Set<String> principalScopes = new HashSet<>();

    private final Set<String> principalPlaces = new HashSet<>();

    private final Set<String> scopesNeedingConsent;

    /**
     * Creates the table.
     *
     * @param scopesNeedingConsent scopes whose policies can only allow what the scopes above allow, too
     */
    RuleTable(Collection<CompiledPolicy> policies, Set<String> scopesNeedingConsent) {
        this.scopesNeedingConsent = Set.copyOf(scopesNeedingConsent);
        for (CompiledPolicy policy : policies) {
            PolicyKey key = policy.key();
            this.policies.put(key, policy);
            switch (key.kind()) {
                case PRINCIPAL -> {
                    this.principalScopes.add(key.scope());
                    this.principalPlaces.add(place(key.version(), key.scope()));
                }
                case ROLE -> {
                    this.resourceScopes.add(key.scope());
                    this.rolePolicies
                            .computeIfAbsent(place(key.version(), key.scope()), place -> new LinkedHashMap<>())
                            .put(key.name(), policy);
                }
                default -> this.resourceScopes.add(key.scope());
            }
        }
    }

    Collection<CompiledPolicy> policies() {
        return this.policies.values();
    }

    @Nullable
    CompiledPolicy policy(PolicyKind kind, String name, String version, String scope) {
        return this.policies.get(new PolicyKey(kind, name, version, scope));
    }

    /** The scopes that have policies, from this one up to the root. */
    List<String> scopes(PolicyKind kind, String scope, boolean lenient) {
        Set<String> known = (kind == PolicyKind.PRINCIPAL) ? this.principalScopes : this.resourceScopes;
        if (!lenient && !known.contains(scope)) {
            return List.of();
        }
        List<String> scopes = new ArrayList<>(4);
        for (String at = scope; at != null; at = parent(at)) {
            if (known.contains(at)) {
                scopes.add(at);
            }
        }
        return scopes;
    }

    boolean needsConsent(String scope) {
        return this.scopesNeedingConsent.contains(scope);
    }

    /** Whether any policy of these scopes is about the kind of resource. */
    boolean mentions(String resource, String version, List<String> scopes) {
        for (String scope : scopes) {
            if (policy(PolicyKind.RESOURCE, resource, version, scope) != null
                    || rolePolicies(version, scope).values().stream().anyMatch(role -> role.mentions(resource))) {
                return true;
            }
        }
        return false;
    }

    /** Whether any policy of these scopes is about any principal. */
    boolean mentionsPrincipals(String version, List<String> scopes) {
        return scopes.stream().anyMatch(scope -> this.principalPlaces.contains(place(version, scope)));
    }

    Map<String, CompiledPolicy> rolePolicies(String version, String scope) {
        return this.rolePolicies.isEmpty() ? Map.of() : this.rolePolicies.getOrDefault(place(version, scope), Map.of());
    }

    /** A role and the roles that its role policies say it has, too. */
    List<String> withParents(String role, String version, String scope) {
        Map<String, CompiledPolicy> policies = rolePolicies(version, scope);
        if (!policies.containsKey(role)) {
            return List.of(role);
        }
        Set<String> roles = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(role));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            CompiledPolicy policy = policies.get(next);
            if (roles.add(next) && policy != null) {
                open.addAll(policy.parentRoles());
            }
        }
        return List.copyOf(roles);
    }

    private static String place(String version, String scope) {
        return version + "/" + scope;
    }

    /** The scope above, or {@code null} above the root. */
    static @Nullable String parent(String scope) {
        return scope.isEmpty() ? null : scope.substring(0, Math.max(0, scope.lastIndexOf('.')));
    }
}
