package cloud.enact.policy.cerbos;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How requests are evaluated.
 *
 * @param strict whether an expression that can't be evaluated denies; else it counts as false
 * @param denyOverrides whether a denial for one role holds for the others; else the first role that is allowed decides
 * @param lenientScopeSearch whether a scope that has no policy is skipped; else nothing matches
 * @param globals values of {@code G}
 * @param reportsAll whether variables are evaluated only to report which of them fail
 */
record EngineOptions(
        boolean strict,
        boolean denyOverrides,
        boolean lenientScopeSearch,
        Map<String, ? extends @Nullable Object> globals,
        boolean reportsAll) {

    static final String DEFAULT_VERSION = "default";
}
