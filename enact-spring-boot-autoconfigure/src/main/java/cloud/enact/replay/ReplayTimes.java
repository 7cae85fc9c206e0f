package cloud.enact.replay;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from when on calls are looked at. */
public final class ReplayTimes {

    private static final Duration DEFAULT = Duration.ofDays(30);

    private static final int LONGEST = 64;

    private static final int LAST_YEAR = 9999;

    private static final int MOST_DIGITS = 5;

    private ReplayTimes() {}

    /**
     * Reads a time, or how long ago: {@code 30d}, {@code 12h}. The last 30 days when nothing is said.
     *
     * @return empty when it is neither
     */
    public static Optional<Instant> since(@Nullable String text, Instant now) {
        if (text == null) {
            return Optional.of(now.minus(DEFAULT));
        }
        int digits = text.length() - 1;
        if (digits > 0 && digits <= MOST_DIGITS && text.chars().limit(digits).allMatch(c -> c >= '0' && c <= '9')) {
            int number = Integer.parseInt(text.substring(0, digits));
            return switch (text.charAt(digits)) {
                case 'd' -> Optional.of(now.minus(Duration.ofDays(number)));
                case 'h' -> Optional.of(now.minus(Duration.ofHours(number)));
                default -> Optional.empty();
            };
        }
        return time(text);
    }

    /** Reads a time; one without a zone is in UTC. */
    public static Optional<Instant> time(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            TemporalAccessor read =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            OffsetDateTime time =
                    (read instanceof OffsetDateTime zoned) ? zoned : ((LocalDateTime) read).atOffset(ZoneOffset.UTC);
            return (time.getYear() >= 1 && time.getYear() <= LAST_YEAR)
                    ? Optional.of(time.toInstant())
                    : Optional.empty();
        } catch (DateTimeException ex) {
            return Optional.empty();
        }
    }
}
