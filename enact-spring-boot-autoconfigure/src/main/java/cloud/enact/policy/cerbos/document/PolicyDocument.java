package cloud.enact.policy.cerbos.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document.
 *
 * @param kind what it is
 * @param name kind of resource, id of the principal, role, or name of the definitions; where it begins
 * @param version version of the policy
 * @param scope scope of the policy, empty for the root
 * @param needsConsent whether what it allows must be allowed by the scopes above, too; {@code null} when not said
 * @param imports derived roles it uses
 * @param parentRoles roles that the role of a role policy has, too
 * @param rules its rules, in order
 * @param roles its derived roles
 * @param definitions its constants and variables
 * @param hasSchemas whether it names JSON schemas
 */
public record PolicyDocument(
        PolicyKind kind,
        Located name,
        String version,
        String scope,
        @Nullable Boolean needsConsent,
        List<Located> imports,
        List<String> parentRoles,
        List<RuleSource> rules,
        List<RoleSource> roles,
        DefinitionsSource definitions,
        boolean hasSchemas) {}
