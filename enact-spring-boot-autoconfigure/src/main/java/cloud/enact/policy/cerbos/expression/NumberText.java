package cloud.enact.policy.cerbos.expression;

import java.math.BigDecimal;

/** Numbers as short as they can be written without an exponent. */
final class NumberText {

    private NumberText() {}

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
