package cloud.enact.policy.cerbos;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an application uses Cerbos-format files.
 *
 * @param strict whether a rule that can't be evaluated blocks; else it counts as one that does not hold
 * @param noMatch what is said of a call that no rule is about
 * @param roleCombining how rules for several roles of one actor go together
 * @param policyVersion version of the policies that are asked
 * @param scope scope of the policies that are asked, empty for the root
 * @param lenientScopeSearch whether a scope without policy is skipped; else nothing matches there
 * @param globals values of {@code G} and {@code globals}
 */
public record CerbosSettings(
        boolean strict,
        NoMatch noMatch,
        RoleCombining roleCombining,
        String policyVersion,
        String scope,
        boolean lenientScopeSearch,
        Map<String, ? extends @Nullable Object> globals) {

    /** What is said of a call that no rule is about. */
    public enum NoMatch {
        /** Nothing. */
        ABSTAIN,
        /** It is blocked. */
        BLOCK
    }

    /** How rules for several roles of one actor go together. */
    public enum RoleCombining {
        /** What one of the roles may do, the actor may do. */
        CERBOS,
        /** What one of the roles may not do, the actor may not do. */
        DENY_OVERRIDES
    }

    /** What holds where nothing is configured. */
    public static CerbosSettings defaults() {
        return new CerbosSettings(
                true, NoMatch.ABSTAIN, RoleCombining.CERBOS, EngineOptions.DEFAULT_VERSION, "", false, Map.of());
    }

    EngineOptions engineOptions() {
        return new EngineOptions(
                this.strict,
                this.roleCombining == RoleCombining.DENY_OVERRIDES,
                this.lenientScopeSearch,
                this.globals,
                false);
    }
}
