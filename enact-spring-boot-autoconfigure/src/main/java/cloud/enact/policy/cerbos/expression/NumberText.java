package cloud.enact.policy.cerbos.expression;

import java.math.BigDecimal;

/** Numbers as short as they can be written. */
final class NumberText {

    private static final double SMALLEST_PLAIN = 1e-4;

    private static final double SMALLEST_LONG = 1e21;

    private NumberText() {}

    /** The number with an exponent where it would be long otherwise: {@code 1e+21}. */
    static String ofString(Number number) {
        double size = Math.abs(number.doubleValue());
        if (!(number instanceof Double value) || size == 0 || size >= SMALLEST_PLAIN && size < SMALLEST_LONG) {
            return of(number);
        }
        if (value.isNaN() || value.isInfinite()) {
            return of(number);
        }
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        String digits = exact.movePointLeft(exponent).toPlainString();
        return digits + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** The number without an exponent. */
    static String of(Number number) {
        if (!(number instanceof Double value)) {
            return number.toString();
        }
        if (value.isNaN() || value.isInfinite()) {
            return value.toString();
        }
        return (value == 0)
                ? "0"
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
