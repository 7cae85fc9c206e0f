package cloud.enact.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads times that somebody sent. */
final class Times {

    private static final int LONGEST = 64;

    private static final int LAST_YEAR = 9999;

    private Times() {}

    static Instant read(Members members, String name, Instant defaults) {
        String text = members.optionalText(name, LONGEST);
        if (text == null) {
            return defaults;
        }
        Instant time = instant(text);
        if (time == null) {
            throw ApiException.malformed(
                    "'" + members.place(name) + "' is no time.", "Write it as 2026-11-20T12:00:00Z, with a zone.");
        }
        return time;
    }

    /** A time, or how long ago: {@code 30d}, {@code 12h}. */
    static Instant readSince(Members members, String name, Instant now, Duration defaults) {
        String text = members.optionalText(name, LONGEST);
        Instant since = (text != null) ? since(text, now) : now.minus(defaults);
        if (since == null) {
            throw ApiException.malformed(
                    "'" + members.place(name) + "' is neither a time nor a number of days or hours.",
                    "Write it as 2026-11-20T12:00:00Z or as 30d.");
        }
        return since;
    }

    private static @Nullable Instant since(String text, Instant now) {
        int digits = text.length() - 1;
        boolean number = digits > 0 && digits <= 5 && text.chars().limit(digits).allMatch(c -> c >= '0' && c <= '9');
        if (number && text.charAt(digits) == 'd') {
            return now.minus(Duration.ofDays(Long.parseLong(text.substring(0, digits))));
        }
        if (number && text.charAt(digits) == 'h') {
            return now.minus(Duration.ofHours(Long.parseLong(text.substring(0, digits))));
        }
        return instant(text);
    }

    private static @Nullable Instant instant(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return (time.getYear() >= 1 && time.getYear() <= LAST_YEAR) ? time.toInstant() : null;
        } catch (DateTimeException ex) {
            return null;
        }
    }
}
