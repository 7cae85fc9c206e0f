package cloud.enact.console;

import cloud.enact.action.ReadableTime;
import cloud.enact.action.ShortText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How values look on a page. Thread-safe. */
final class Shown {

    private static final int LONGEST_JSON = 20_000;

    private final JsonMapper indented =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final JsonMapper plain = JsonMapper.builder().build();

    /** Adds a time: {@code name}, and {@code nameFull} for the title. */
    void time(Map<String, @Nullable Object> model, String name, @Nullable Instant time) {
        model.put(name, (time != null) ? ReadableTime.of(time) : "");
        model.put(
                name + "Full",
                (time != null) ? time.truncatedTo(ChronoUnit.MICROS).toString() : "");
    }

    /** An id without its middle; two of one minute begin alike. */
    static String shortened(String id) {
        return (id.length() > 20) ? id.substring(0, 8) + "…" + id.substring(id.length() - 6) : id;
    }

    /** A text on one line, at most so long. */
    static String line(@Nullable Object value, int longest) {
        String text = String.valueOf(value).replace('\n', ' ').strip();
        return ShortText.of(text, longest);
    }

    /** JSON on several lines, cut where it is long; empty for nothing. */
    String json(@Nullable Object value) {
        return ShortText.of(whole(value), LONGEST_JSON);
    }

    /** JSON on several lines, however long it is; empty for nothing. */
    String whole(@Nullable Object value) {
        return (value == null || value instanceof Map<?, ?> map && map.isEmpty()) ? "" : write(this.indented, value);
    }

    /** JSON on one line. */
    String compact(@Nullable Object value, int longest) {
        return line(write(this.plain, value), longest);
    }

    private static String write(JsonMapper mapper, @Nullable Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JacksonException ex) {
            return String.valueOf(value);
        }
    }

    /** Adds a list, and whether there is anything in it: {@code hasName}. */
    static void list(Map<String, @Nullable Object> model, String name, List<?> list) {
        model.put(name, list);
        model.put("has" + Character.toUpperCase(name.charAt(0)) + name.substring(1), !list.isEmpty());
    }

    /** A word with the colour it is shown in, or {@code null} for none. */
    static @Nullable Map<String, @Nullable Object> badge(@Nullable Object word) {
        return badge(word, "");
    }

    /** As above, with something to say before it. */
    static @Nullable Map<String, @Nullable Object> badge(@Nullable Object word, String before) {
        if (word == null || word.toString().isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> badge = new LinkedHashMap<>();
        badge.put("text", before + word.toString().replace('_', ' '));
        badge.put("tone", tone(word.toString()));
        return badge;
    }

    /** The colour a word is shown in. */
    static String tone(String word) {
        return switch (word) {
            case "PASS", "SUCCEEDED", "ROLLED_BACK", "RESTORED", "ALREADY_RESTORED", "APPROVED", "USED", "VALID" ->
                "pass";
            case "ASK", "PENDING", "PARTIAL", "UNKNOWN", "CONFLICT", "EXPIRED", "VOID", "SKIPPED" -> "ask";
            case "BLOCK", "FAILED", "REFUSED", "DENIED", "DAMAGED", "BAD_SIGNATURE", "MALFORMED" -> "block";
            default -> "plain";
        };
    }
}
