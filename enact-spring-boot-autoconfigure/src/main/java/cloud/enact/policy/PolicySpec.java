package cloud.enact.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code enact.policies}, or one {@code @Policy} annotation, before it is resolved.
 *
 * @param policy name of a catalogue policy or of an {@link ActionPolicy} bean; or {@code null} for an expression
 * @param name name of an expression policy; or {@code null} for one made up from its place
 * @param with parameters of a catalogue policy: text, numbers, booleans, lists, maps
 * @param on action patterns, comma separated; or {@code null} for the policy's own "applies to"
 * @param mode mode of this policy alone; or {@code null} for the application's
 * @param block CEL expression that blocks when it is true; or {@code null}
 * @param ask CEL expression that asks when it is true; or {@code null}
 * @param reason what to tell when the expression is true; or {@code null}
 * @param origin where it was written, for error messages, such as {@code enact.policies[2]}
 */
public record PolicySpec(
        @Nullable String policy,
        @Nullable String name,
        Map<String, ? extends @Nullable Object> with,
        @Nullable String on,
        @Nullable EnactMode mode,
        @Nullable String block,
        @Nullable String ask,
        @Nullable String reason,
        String origin) {

    public PolicySpec {
        with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    }
}
