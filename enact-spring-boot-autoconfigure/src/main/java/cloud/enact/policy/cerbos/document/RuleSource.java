package cloud.enact.policy.cerbos.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a resource, principal or role policy.
 *
 * @param name its name, or one made of its place; where it begins
 * @param resource kind of resource it is for
 * @param actions actions it is for
 * @param roles roles it is for
 * @param derivedRoles derived roles it is for
 * @param allows whether it allows; a role policy's always does
 * @param condition when it holds, or {@code null} for always
 * @param activated what to say when it holds, or {@code null}
 * @param conditionNotMet what to say when its condition is not met, or {@code null}
 */
public record RuleSource(
        Located name,
        String resource,
        List<String> actions,
        List<String> roles,
        List<Located> derivedRoles,
        boolean allows,
        @Nullable ConditionSource condition,
        @Nullable Located activated,
        @Nullable Located conditionNotMet) {}
