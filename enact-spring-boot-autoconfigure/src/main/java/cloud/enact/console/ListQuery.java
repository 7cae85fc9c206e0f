package cloud.enact.console;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.search.Words;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which receipts somebody wants listed, read from hostile fields.
 *
 * @param fields what was sent, to fill the form with and to go on from
 * @param filter what to look for
 * @param words what the arguments must say, or {@code null} when nobody asks
 * @param cursor where the previous page ended, or {@code null} for the first
 */
record ListQuery(
        Map<String, String> fields,
        ReceiptFilter filter,
        @Nullable Set<String> words,
        @Nullable ReceiptCursor cursor) {

    static final Set<String> FILTERS =
            Set.of("decision", "kind", "action", "actor", "policy", "run", "since", "until", "text");

    private static final int LONGEST = 1000;

    static ListQuery read(PageRequest request, boolean searchable) {
        Set<String> known = new TreeSet<>(FILTERS);
        known.add("cursor");
        request.requireOnly(known);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : new TreeSet<>(FILTERS)) {
            String value = request.field(name, LONGEST);
            if (value != null) {
                fields.put(name, value);
            }
        }
        try {
            return new ListQuery(fields, filter(fields), words(fields.get("text"), searchable), cursor(request));
        } catch (IllegalArgumentException ex) {
            throw ConsoleException.malformed(ex.getMessage() + ".");
        }
    }

    private static ReceiptFilter filter(Map<String, String> fields) {
        String run = fields.get("run");
        return ReceiptFilter.builder()
                .decision(fields.get("decision"))
                .kind(kind(fields.get("kind")))
                .actions(fields.get("action"))
                .actor(fields.get("actor"))
                .policy(fields.get("policy"))
                .run((run != null) ? RunId.parse(run) : null)
                .since(time("since", fields.get("since")))
                .until(time("until", fields.get("until")))
                .build();
    }

    private static @Nullable Set<String> words(@Nullable String text, boolean searchable) {
        if (text == null) {
            return null;
        }
        if (!searchable) {
            throw new IllegalArgumentException(
                    "'text' needs an index of words; set enact.receipts.search.enabled=true to have one");
        }
        return Words.asked(text);
    }

    private static @Nullable ReceiptKind kind(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(ReceiptKind.values())
                .filter(kind -> kind.name().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'kind' is one of " + Arrays.toString(ReceiptKind.values())));
    }

    /** A time, in UTC where it names no zone, as the field of a browser gives it. */
    private static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            boolean zoned = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
            return (zoned && text.indexOf('T') > 0)
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException ex) {
            throw new IllegalArgumentException("'" + name + "' is a time such as 2026-11-20T12:00", ex);
        }
    }

    /** Whoever makes a cursor up gets another page of what they may read anyway. */
    private static @Nullable ReceiptCursor cursor(PageRequest request) {
        String text = request.field("cursor", 256);
        return (text != null) ? parse(text) : null;
    }

    static ReceiptCursor parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = plain.split(" ", -1);
            if (parts.length == 3) {
                return new ReceiptCursor(Instant.parse(parts[0]), parts[1], Long.parseLong(parts[2]));
            }
        } catch (IllegalArgumentException | DateTimeException ex) {
            throw noCursor(ex);
        }
        throw noCursor(null);
    }

    private static IllegalArgumentException noCursor(@Nullable Exception cause) {
        return new IllegalArgumentException("'cursor' is what a page gave; start over without it", cause);
    }

    static String write(ReceiptCursor cursor) {
        String plain = cursor.timestamp() + " " + cursor.log() + " " + cursor.seq();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The address of the list behind a place, with the same filters. */
    String behind(@Nullable ReceiptCursor next) {
        StringBuilder query = new StringBuilder();
        this.fields.forEach((name, value) -> append(query, name, value));
        if (next != null) {
            append(query, "cursor", write(next));
        }
        return query.toString();
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
