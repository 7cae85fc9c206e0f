package cloud.enact.gate;

import cloud.enact.action.Arguments;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the argument text of a model strictly: one JSON object, no duplicate keys, nothing behind it, bounded in size
 * and depth, no unpaired surrogates. Lenient readers disagree about what such text means, and a policy must not judge
 * one meaning while the tool gets the other.
 */
final class ToolArguments {

    private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {};

    private final int maxLength;

    private final JsonMapper mapper;

    /** Creates a reader for text of at most {@code maxLength} characters. */
    ToolArguments(int maxLength) {
        this.maxLength = maxLength;
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(Arguments.MAX_DEPTH)
                                .maxStringLength(maxLength)
                                .maxNumberLength(100)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    /**
     * Reads the text; blank text is no arguments.
     *
     * @param typed whether the tool reads the text as a type of its own; any other reads decimals as {@code double}
     * @throws ArgumentException with a sentence that tells a model what is wrong, without echoing content
     */
    Map<String, @Nullable Object> read(@Nullable String text, boolean typed) {
        if (text == null || text.isBlank()) {
            return Arguments.freeze(Map.of());
        }
        if (text.length() > this.maxLength) {
            throw new ArgumentException("The arguments are " + text.length() + " characters long; at most "
                    + this.maxLength + " are allowed. Send less, or in parts.");
        }
        Map<String, @Nullable Object> values;
        try {
            values = this.mapper.readValue(text, MAP);
        } catch (JacksonException ex) {
            throw new ArgumentException("The arguments are not one valid JSON object: " + where(ex)
                    + " Keys must not repeat, nothing may follow the object, and NaN is not a number.");
        }
        if (values == null) {
            throw new ArgumentException("The arguments are null; send a JSON object, {} for none.");
        }
        refuseUnpaired(values);
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
        return this.mapper.writeValueAsString(args);
    }

    private static String where(JacksonException ex) {
        return (ex.getLocation() != null)
                ? "a problem at line " + ex.getLocation().getLineNr() + ", column "
                        + ex.getLocation().getColumnNr() + "."
                : "it can't be read.";
    }

    private static void refuseUnpaired(@Nullable Object value) {
        if (value instanceof String text) {
            if (hasUnpaired(text)) {
                throw new ArgumentException("The arguments hold half of a surrogate pair, which is not text.");
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                refuseUnpaired(key);
                refuseUnpaired(element);
            });
        } else if (value instanceof Collection<?> list) {
            list.forEach(ToolArguments::refuseUnpaired);
        }
    }

    private static boolean hasUnpaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            } else if (Character.isLowSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
