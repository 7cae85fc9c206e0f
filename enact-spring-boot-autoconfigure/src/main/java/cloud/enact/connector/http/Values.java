package cloud.enact.connector.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the placeholders of one step stand for.
 *
 * @param args arguments of the operation
 * @param before fields that were captured before the change
 * @param result what was taken from the answer
 * @param key the step's own key
 */
record Values(
        Map<String, @Nullable Object> args,
        Map<String, @Nullable Object> before,
        Map<String, @Nullable Object> result,
        String key) {

    /** Stands for a value that is not there. */
    static final Object ABSENT = new Object();

    Values withBefore(Map<String, @Nullable Object> fields) {
        return new Values(this.args, fields, this.result, this.key);
    }

    Values withResult(Map<String, @Nullable Object> values) {
        return new Values(this.args, this.before, values, this.key);
    }

    /** The value, {@code null} for JSON's null, or {@link #ABSENT}. */
    @Nullable
    Object get(Placeholder placeholder) {
        return switch (placeholder.origin()) {
            case ARGUMENT -> find(this.args, placeholder);
            case BEFORE -> find(this.before, placeholder);
            case RESULT -> find(this.result, placeholder);
            case STEP -> this.key;
        };
    }

    private static @Nullable Object find(Map<String, @Nullable Object> values, Placeholder placeholder) {
        return values.containsKey(placeholder.name()) ? values.get(placeholder.name()) : ABSENT;
    }
}
