package cloud.enact.console;

import cloud.enact.action.ShortText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call as JSON for whoever decides on it. Where they are too long, the longest texts are cut first:
 * whoever chooses arguments must not hide one behind others.
 *
 * @param json the JSON, or as much of it as fits
 * @param missing characters that are not shown
 */
record ShownArguments(String json, long missing) {

    private static final int LONGEST = 20_000;

    /** What is left of each text, in one attempt after the other. */
    private static final int[] LONGEST_TEXT = {2_000, 200, 40};

    /**
     * The arguments so that they fit.
     *
     * @param writer writes JSON
     */
    static ShownArguments of(Map<String, @Nullable Object> arguments, Function<Object, String> writer) {
        String whole = writer.apply(arguments);
        String json = whole;
        for (int i = 0; i < LONGEST_TEXT.length && json.length() > LONGEST; i++) {
            json = writer.apply(shortened(arguments, LONGEST_TEXT[i]));
        }
        return new ShownArguments(ShortText.of(json, LONGEST), missing(whole, json));
    }

    private static long missing(String whole, String json) {
        return Math.max(0, whole.length() - Math.min(json.length(), LONGEST));
    }

    private static Object shortened(Object value, int longest) {
        if (value instanceof String text) {
            return ShortText.of(text, longest);
        }
        if (value instanceof List<?> elements) {
            return elements.stream()
                    .map(element -> (element != null) ? shortened(element, longest) : "null")
                    .toList();
        }
        if (value instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> shorter = new LinkedHashMap<>();
            // names as they are: two that begin alike must not become one
            members.forEach((name, member) ->
                    shorter.put(String.valueOf(name), (member != null) ? shortened(member, longest) : null));
            return shorter;
        }
        return value;
    }

    /** What whoever decides has to know, or {@code null} when all of it is there. */
    @Nullable
    String warning() {
        return (this.missing > 0)
                ? "The arguments are long: " + this.missing + " characters are not shown here. Approve them only if you"
                        + " know from elsewhere what they say."
                : null;
    }
}
