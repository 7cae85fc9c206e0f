package cloud.enact.policy.cerbos;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role that a principal has when it has one of others and a condition is met.
 *
 * @param name its name
 * @param parentRoles roles one of which the principal must have
 * @param condition the condition, or {@code null} for none
 * @param definitions what the condition can read
 */
record DerivedRole(
        String name, List<Glob> parentRoles, @Nullable Condition condition, Definitions definitions) {}
