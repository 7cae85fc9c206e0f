package cloud.enact.gate;

import cloud.enact.action.Arguments;
import cloud.enact.action.StrictJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the argument text of a model strictly: what policies judge is what the tool gets. */
final class ToolArguments {

    private final StrictJson json;

    /** Creates a reader for text of at most {@code maxLength} characters. */
    ToolArguments(int maxLength) {
        this.json = new StrictJson(maxLength, Arguments.MAX_DEPTH);
    }

    /**
     * Reads the text; blank text is no arguments.
     *
     * @param typed whether the tool reads the text as a type of its own; any other reads decimals as {@code double}
     * @throws ArgumentException with a sentence that tells a model what is wrong, without echoing content
     */
    @SuppressWarnings("unchecked") // the keys of JSON are text
    Map<String, @Nullable Object> read(@Nullable String text, boolean typed) {
        if (text == null || text.isBlank()) {
            return Arguments.freeze(Map.of());
        }
        Object read;
        try {
            read = this.json.read(text);
        } catch (IllegalArgumentException ex) {
            throw new ArgumentException("The arguments " + ex.getMessage());
        }
        if (!(read instanceof Map<?, ?> map)) {
            throw new ArgumentException("The arguments are no JSON object; send one, {} for none.");
        }
        Map<String, @Nullable Object> values = (Map<String, @Nullable Object>) map;
        if (!typed) {
            values.replaceAll((name, value) -> asToolsRead(value));
        }
        return Arguments.freeze(values);
    }

    /** A decimal as Spring AI hands it on; one that would be rounded after it was judged is refused. */
    @SuppressWarnings("unchecked") // nobody else has what was just read
    private static @Nullable Object asToolsRead(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            double read = decimal.doubleValue();
            if (!Double.isFinite(read) || new BigDecimal(Double.toString(read)).compareTo(decimal) != 0) {
                throw new ArgumentException("The arguments hold a number with more digits than the tool reads."
                        + " Send at most 15 digits, or the number as a text.");
            }
            return read;
        }
        if (value instanceof Map<?, ?> map) {
            ((Map<String, @Nullable Object>) map).replaceAll((name, member) -> asToolsRead(member));
        } else if (value instanceof List<?> list) {
            ((List<@Nullable Object>) list).replaceAll(ToolArguments::asToolsRead);
        }
        return value;
    }

    /** The arguments as text again, the only text the tool will ever see. */
    String write(Map<String, @Nullable Object> args) {
        return this.json.write(args);
    }
}
