package cloud.enact.policy.cerbos.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A derived role.
 *
 * @param name its name
 * @param parentRoles roles one of which a principal must have
 * @param condition when the principal has it, or {@code null} for always
 */
public record RoleSource(
        Located name, List<String> parentRoles, @Nullable ConditionSource condition) {}
