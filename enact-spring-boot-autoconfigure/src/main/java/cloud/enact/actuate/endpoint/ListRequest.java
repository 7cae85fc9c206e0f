package cloud.enact.actuate.endpoint;

import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.RunView;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.receipt.search.TextProjection;
import cloud.enact.receipt.search.Words;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which receipts somebody wants listed, read from hostile text. No exception echoes what was sent.
 *
 * @param filter what to look for
 * @param words what the arguments must say, or {@code null} when nobody asks
 * @param cursor where the previous page ended, or {@code null} for the first
 * @param limit how many
 */
record ListRequest(
        ReceiptFilter filter,
        @Nullable Set<String> words,
        @Nullable ReceiptCursor cursor,
        int limit) {

    private static final int DEFAULT_LIMIT = 50;

    private static final int MAX_LIMIT = 200;

    private static final int MAX_TEXT = 1000;

    /** What was found, as JSON-like values. */
    Map<String, @Nullable Object> answer(ReceiptStore store, @Nullable ReceiptSearch search) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        ReceiptPage page = (this.words != null && search != null)
                ? search.find(this.words, this.filter, this.cursor, this.limit)
                : store.query(this.filter, this.cursor, this.limit);
        answer.put("receipts", page.receipts().stream().map(RunView::entry).toList());
        if (page.next() != null) {
            answer.put("next_cursor", write(page.next()));
        }
        if (this.words != null && search != null) {
            TextProjection.Progress progress = search.progress();
            Map<String, @Nullable Object> indexed = new LinkedHashMap<>();
            indexed.put("behind", progress.behind());
            if (progress.upTo() != null) {
                indexed.put("up_to", progress.upTo().toString());
            }
            answer.put("indexed", indexed);
        }
        return answer;
    }

    static @Nullable Set<String> words(@Nullable String text, @Nullable ReceiptSearch search) {
        if (text == null) {
            return null;
        }
        if (search == null) {
            throw new IllegalArgumentException(
                    "'text' needs an index of words; set enact.receipts.search.enabled=true to have one");
        }
        return Words.asked(text);
    }

    static @Nullable ReceiptKind kind(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(ReceiptKind.values())
                .filter(kind -> kind.name().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'kind' is one of " + Arrays.toString(ReceiptKind.values())));
    }

    static @Nullable EnactMode mode(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "enforce" -> EnactMode.ENFORCE;
            case "observe" -> EnactMode.OBSERVE;
            default -> throw new IllegalArgumentException("'mode' is one of enforce, observe");
        };
    }

    static @Nullable RunId run(@Nullable String text) {
        return (text != null) ? RunId.parse(text) : null;
    }

    static @Nullable String text(String name, @Nullable String text) {
        if (text != null && text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("'" + name + "' has at most " + MAX_TEXT + " characters");
        }
        return text;
    }

    static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.length() <= 64) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException ex) {
            throw noTime(name, ex);
        }
        throw noTime(name, null);
    }

    private static IllegalArgumentException noTime(String name, @Nullable Exception cause) {
        return new IllegalArgumentException("'" + name + "' is a time such as 2026-11-20T12:00:00Z", cause);
    }

    static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.length() <= 3 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw new IllegalArgumentException("'limit' is a number from 1 to " + MAX_LIMIT);
    }

    /** Reads what {@link #write} wrote. Whoever makes one up gets another page of what they may read anyway. */
    static @Nullable ReceiptCursor cursor(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.length() <= 256) {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                String[] parts = plain.split(" ", -1);
                if (parts.length == 3) {
                    return new ReceiptCursor(Instant.parse(parts[0]), parts[1], Long.parseLong(parts[2]));
                }
            }
        } catch (IllegalArgumentException | DateTimeException ex) {
            throw noCursor(ex);
        }
        throw noCursor(null);
    }

    private static IllegalArgumentException noCursor(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "'cursor' is what 'next_cursor' of the page before said; leave it out to start over", cause);
    }

    static String write(ReceiptCursor cursor) {
        String plain = cursor.timestamp() + " " + cursor.log() + " " + cursor.seq();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
