package cloud.enact.policy.cerbos.expression;

import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code "%s has %d".format([name, count])}. Verbs are s, d, f, e, b, o, x and X. */
final class TextFormat {

    private static final int DEFAULT_PRECISION = 6;

    private static final int LARGEST_PRECISION = 100;

    private static final double LARGEST_WHOLE = 0x1p63;

    private static final int LONGEST_RESULT = 1024 * 1024;

    private final List<?> arguments;

    private final StringBuilder result = new StringBuilder();

    private int used;

    TextFormat(List<?> arguments) {
        this.arguments = arguments;
    }

    String apply(String pattern) {
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c != '%') {
                this.result.append(c);
            } else if (at < pattern.length() && pattern.charAt(at) == '%') {
                this.result.append('%');
                at++;
            } else {
                at = appendNext(pattern, at);
            }
            if (this.result.length() > LONGEST_RESULT) {
                throw new IllegalArgumentException("The formatted text is too long");
            }
        }
        return this.result.toString();
    }

    private int appendNext(String pattern, int start) {
        int at = start;
        int precision = DEFAULT_PRECISION;
        if (at < pattern.length() && pattern.charAt(at) == '.') {
            precision = 0;
            at++;
            while (at < pattern.length() && isDigit(pattern.charAt(at)) && precision <= LARGEST_PRECISION) {
                precision = precision * 10 + pattern.charAt(at++) - '0';
            }
        }
        if (at >= pattern.length() || precision > LARGEST_PRECISION || this.used >= this.arguments.size()) {
            throw new IllegalArgumentException("The format and its arguments do not go together");
        }
        this.result.append(formatted(pattern.charAt(at), precision, this.arguments.get(this.used++)));
        return at + 1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String formatted(char verb, int precision, @Nullable Object value) {
        return switch (verb) {
            case 's' -> text(value);
            case 'd' -> whole(value).toString();
            case 'b' ->
                (value instanceof Boolean truth)
                        ? (truth ? "1" : "0")
                        : Long.toString(whole(value).longValue(), 2);
            case 'o' -> Long.toString(whole(value).longValue(), 8);
            case 'x' -> hex(value);
            case 'X' -> hex(value).toUpperCase(Locale.ROOT);
            case 'f' ->
                decimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
            case 'e' ->
                String.format(
                        Locale.ROOT, "%." + precision + "e", decimal(value).doubleValue());
            default -> throw new IllegalArgumentException("The format holds an unknown verb");
        };
    }

    private static Number whole(@Nullable Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE) {
            return number.longValue();
        }
        if (value instanceof Number number && !(value instanceof Double)) {
            return number;
        }
        throw new IllegalArgumentException("The verb wants a whole number");
    }

    private static BigDecimal decimal(@Nullable Object value) {
        if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            return new BigDecimal(number);
        }
        return new BigDecimal(whole(value).toString());
    }

    private static String hex(@Nullable Object value) {
        if (value instanceof String text) {
            return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof CelByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
        return Long.toString(whole(value).longValue(), 16);
    }

    /** A value as text; what {@code %s} writes. */
    static String text(@Nullable Object value) {
        if (value == null || value instanceof NullValue) {
            return "null";
        }
        if (value instanceof Number number) {
            return NumberText.of(number);
        }
        if (value instanceof CelByteString bytes) {
            return bytes.toStringUtf8();
        }
        if (value instanceof Duration duration) {
            return TimeText.of(duration);
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(TextFormat::text).toList()) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> entries = new TreeMap<>();
            map.forEach((key, element) -> entries.put(text(key), text(element)));
            return "{"
                    + String.join(
                            ", ",
                            entries.entrySet().stream()
                                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                                    .toList())
                    + "}";
        }
        if (value instanceof Instant time) {
            return TimeText.of(time);
        }
        if (value instanceof TypeType type) {
            return type.containingTypeName();
        }
        if (value instanceof IpAddress address) {
            return address.toText();
        }
        return (value instanceof IpRange range) ? range.toText() : value.toString();
    }
}
