package cloud.enact.action;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads hostile JSON strictly: one value, no duplicate keys, nothing behind it, bounded in size and depth, no unpaired
 * surrogates. Lenient readers disagree about what such text means, and a policy must not judge one meaning while
 * somebody acts on the other. Thread-safe.
 */
public final class StrictJson {

    private final int maxLength;

    private final JsonMapper mapper;

    /**
     * Creates a reader.
     *
     * @param maxLength how many characters a text may have
     * @param maxDepth how deep objects and lists may nest
     */
    public StrictJson(int maxLength, int maxDepth) {
        this.maxLength = maxLength;
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(maxDepth)
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
     * Reads a text. Objects are modifiable maps that keep their order, decimals are {@link java.math.BigDecimal}.
     *
     * @throws IllegalArgumentException with the end of a sentence that begins with what the text is, such as "the
     *     arguments"; it echoes no content
     */
    public @Nullable Object read(String text) {
        if (text.length() > this.maxLength) {
            throw new IllegalArgumentException("are " + text.length() + " characters long; at most " + this.maxLength
                    + " are allowed. Send less, or in parts.");
        }
        Object value;
        try {
            value = this.mapper.readValue(text, Object.class);
        } catch (JacksonException ex) {
            throw new IllegalArgumentException(
                    "are not one valid JSON object: " + where(ex)
                            + " Keys must not repeat, nothing may follow the object, and NaN is not a number.",
                    null);
        }
        refuseUnpaired(value);
        return value;
    }

    /** Writes what {@link #read} reads. */
    public String write(@Nullable Object value) {
        return this.mapper.writeValueAsString(value);
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
                throw new IllegalArgumentException("hold half of a surrogate pair, which is not text.");
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                refuseUnpaired(key);
                refuseUnpaired(element);
            });
        } else if (value instanceof Collection<?> list) {
            list.forEach(StrictJson::refuseUnpaired);
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
