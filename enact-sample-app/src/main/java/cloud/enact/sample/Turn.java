package cloud.enact.sample;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the scripted model: a tool call, or words.
 *
 * @param tool the tool to call, or {@code null}
 * @param arguments its arguments
 * @param words what to say
 */
record Turn(@Nullable String tool, Map<String, ?> arguments, String words) {

    static Turn call(String tool, Map<String, ?> arguments) {
        return new Turn(tool, arguments, "");
    }

    static Turn say(String words) {
        return new Turn(null, Map.of(), words);
    }
}
