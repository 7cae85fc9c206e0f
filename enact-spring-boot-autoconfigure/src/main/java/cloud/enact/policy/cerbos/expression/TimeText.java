package cloud.enact.policy.cerbos.expression;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Points in time and durations with no more digits than they need. */
final class TimeText {

    private static final int NANO_DIGITS = 9;

    private TimeText() {}

    /** A point in time: {@code 2023-05-01T10:20:30.5Z}. */
    static String of(Instant time) {
        String seconds = Instant.ofEpochSecond(time.getEpochSecond()).toString();
        BigDecimal fraction = BigDecimal.valueOf(time.getNano(), NANO_DIGITS).stripTrailingZeros();
        return (time.getNano() == 0)
                ? seconds
                : seconds.substring(0, seconds.length() - 1)
                        + fraction.toPlainString().substring(1) + "Z";
    }

    /** A duration: {@code 90.5s}. */
    static String of(Duration duration) {
        BigDecimal seconds =
                BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
        return ((seconds.signum() == 0) ? "0" : seconds.stripTrailingZeros().toPlainString()) + "s";
    }
}
