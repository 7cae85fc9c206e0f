package cloud.enact.receipt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The one form of time in receipts: RFC 3339, UTC, microseconds; 27 characters. */
final class Timestamps {

    private static final Instant MIN = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final String PATTERN = "0000-00-00T00:00:00.000000Z";

    private Timestamps() {}

    /** Cuts to microseconds; a time outside the years 0 to 9999 becomes the nearest that RFC 3339 can say. */
    static Instant normal(Instant instant) {
        if (instant.isBefore(MIN)) {
            return MIN;
        }
        if (instant.isAfter(MAX)) {
            return MAX;
        }
        int nanos = instant.getNano();
        return (nanos % 1000 == 0) ? instant : Instant.ofEpochSecond(instant.getEpochSecond(), nanos - nanos % 1000);
    }

    @SuppressWarnings("deprecation") // ASCII bytes to text without a decoder
    static String format(Instant instant) {
        Instant normal = normal(instant);
        LocalDateTime time = LocalDateTime.ofEpochSecond(normal.getEpochSecond(), normal.getNano(), ZoneOffset.UTC);
        byte[] text = new byte[27];
        digits(text, 0, 4, time.getYear());
        text[4] = '-';
        digits(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, time.getHour());
        text[13] = ':';
        digits(text, 14, 2, time.getMinute());
        text[16] = ':';
        digits(text, 17, 2, time.getSecond());
        text[19] = '.';
        digits(text, 20, 6, time.getNano() / 1000);
        text[26] = 'Z';
        return new String(text, 0);
    }

    private static void digits(byte[] text, int start, int count, int value) {
        int rest = value;
        for (int i = start + count - 1; i >= start; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Reads exactly what {@link #format} writes.
     *
     * @throws ReceiptFormatException for anything else
     */
    static Instant parse(String text) {
        try {
            if (text.length() == 27 && isShaped(text)) {
                return LocalDateTime.of(
                                number(text, 0, 4),
                                number(text, 5, 2),
                                number(text, 8, 2),
                                number(text, 11, 2),
                                number(text, 14, 2),
                                number(text, 17, 2),
                                number(text, 20, 6) * 1000)
                        .toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException ex) {
            throw malformed(ex);
        }
        throw malformed(null);
    }

    /** Whether there is a digit wherever the pattern has one, and what the pattern has elsewhere. */
    private static boolean isShaped(String text) {
        for (int i = 0; i < PATTERN.length(); i++) {
            char wanted = PATTERN.charAt(i);
            char c = text.charAt(i);
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return true;
    }

    private static ReceiptFormatException malformed(@Nullable Exception cause) {
        return new ReceiptFormatException("a time must be like 2026-11-20T12:00:00.000000Z", cause);
    }

    private static int number(String text, int start, int count) {
        int value = 0;
        for (int i = start; i < start + count; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }
}
