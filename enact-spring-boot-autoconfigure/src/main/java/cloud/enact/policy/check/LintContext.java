package cloud.enact.policy.check;

import cloud.enact.policy.KnownAction;
import java.util.List;

/**
 * What a linter knows besides the policies.
 *
 * @param actions the actions there are; empty when they are not known
 * @param production whether the policies are for a system in production
 */
public record LintContext(List<KnownAction> actions, boolean production) {

    public LintContext {
        actions = List.copyOf(actions);
    }

    /** Whether an application with such a profile is in production. */
    public static boolean isProduction(String profile) {
        return profile.startsWith("prod");
    }
}
