package cloud.enact.policy.cerbos.expression;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as seconds: {@code 90.5s}. */
final class DurationText {

    private static final int NANO_DIGITS = 9;

    private DurationText() {}

    static String of(Duration duration) {
        BigDecimal seconds =
                BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
        return ((seconds.signum() == 0) ? "0" : seconds.stripTrailingZeros().toPlainString()) + "s";
    }
}
