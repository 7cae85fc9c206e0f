package cloud.enact.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy at its place in the effective set, for people who look at it.
 *
 * @param name its name, as verdicts have it
 * @param patterns the actions it holds for; empty for those it knows itself
 * @param mode its own mode, or {@code null} for the application's
 */
public record EffectivePolicy(
        String name, List<String> patterns, @Nullable EnactMode mode) {

    public EffectivePolicy {
        patterns = List.copyOf(patterns);
    }
}
