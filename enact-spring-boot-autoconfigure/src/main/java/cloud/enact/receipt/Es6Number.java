package cloud.enact.receipt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The text of a double as ECMAScript writes it: the shortest decimal that reads back as the same double, and of
 * several the closest (ECMA-262, Number::toString; RFC 8785, section 3.2.2.3). {@link Double#toString(double)} is not
 * that before JDK 19, and keeps a second digit after it.
 */
final class Es6Number {

    /** Up to so many digits at most one decimal lies within the rounding interval of a double. */
    private static final long FAST_LIMIT = 1_000_000_000_000_000L;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private Es6Number() {}

    /**
     * Formats a number.
     *
     * @throws IllegalArgumentException for NaN and infinities, which JSON does not have
     */
    static String format(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("NaN and infinite numbers are not JSON");
        }
        if (value == 0) {
            return "0";
        }
        if (value < 0) {
            return "-" + format(-value);
        }
        if (value < FAST_LIMIT && value == (long) value) {
            return Long.toString((long) value);
        }
        BigDecimal shortest = fewDigits(value);
        return layOut((shortest != null) ? shortest : anyDigits(value));
    }

    /**
     * Tries 1, 2, 3 ... decimals. Both operands of the division are exact doubles, so its result is the double
     * nearest to the decimal: if that is the value, the decimal reads back as the value.
     */
    private static @Nullable BigDecimal fewDigits(double value) {
        for (int scale = 1; scale < POWERS.length; scale++) {
            double scaled = value * POWERS[scale];
            if (scaled >= FAST_LIMIT) {
                return null;
            }
            long digits = Math.round(scaled);
            if (digits > 0 && digits / POWERS[scale] == value) {
                return BigDecimal.valueOf(digits, scale);
            }
        }
        return null;
    }

    /**
     * Shortens from 17 digits, which always suffice, while one of the two neighbours with a digit less still reads
     * back. Both have to be asked: below a power of two the interval is narrower, and the nearer one may miss it.
     */
    private static BigDecimal anyDigits(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal best = exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
        for (int precision = 16; precision > 0; precision--) {
            BigDecimal below = exact.round(new MathContext(precision, RoundingMode.DOWN));
            BigDecimal above = exact.round(new MathContext(precision, RoundingMode.UP));
            boolean belowReads = below.doubleValue() == value;
            boolean aboveReads = above.doubleValue() == value;
            if (!belowReads && !aboveReads) {
                return best;
            }
            if (belowReads && aboveReads) {
                best = closer(exact, below, above);
            } else {
                best = belowReads ? below : above;
            }
        }
        return best;
    }

    private static BigDecimal closer(BigDecimal exact, BigDecimal below, BigDecimal above) {
        int order = exact.subtract(below).compareTo(above.subtract(exact));
        if (order == 0) {
            return below.unscaledValue().testBit(0) ? above : below;
        }
        return (order < 0) ? below : above;
    }

    private static String layOut(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        int count = digits.length();
        int point = count - stripped.scale();
        if (count <= point && point <= 21) {
            return digits + "0".repeat(point - count);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        String exponent = (point > 0) ? "e+" + (point - 1) : "e" + (point - 1);
        return (count == 1) ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
    }
}
