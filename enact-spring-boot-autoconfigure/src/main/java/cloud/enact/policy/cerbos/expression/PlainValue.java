package cloud.enact.policy.cerbos.expression;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Results of expressions as JSON knows them: every number is a double, keys are texts in order. */
final class PlainValue {

    private static final int DEEPEST = 100;

    private static final double LARGEST_EXACT = 0x1p53 - 1;

    private PlainValue() {}

    static @Nullable Object of(@Nullable Object value) {
        return of(value, 0);
    }

    private static @Nullable Object of(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("The value is nested too deeply");
        }
        if (value == null || value instanceof NullValue) {
            return null;
        }
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(of(element, depth + 1)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new TreeMap<>();
            map.forEach((key, element) -> entries.put(key(key), of(element, depth + 1)));
            return entries;
        }
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null), depth + 1);
        }
        return text(value);
    }

    /** Whole numbers that a double can't hold become text. */
    private static Object number(Number number) {
        double approximate = number.doubleValue();
        if (Double.isNaN(approximate) || Double.isInfinite(approximate)) {
            throw new IllegalArgumentException("The number is not finite");
        }
        boolean exact = number instanceof Double || Math.abs(approximate) <= LARGEST_EXACT;
        return exact ? (Object) approximate : number.toString();
    }

    private static String key(@Nullable Object key) {
        if (key instanceof String || key instanceof Boolean || key instanceof Long) {
            return key.toString();
        }
        throw new IllegalArgumentException("A key of the value is neither text nor a number");
    }

    private static String text(Object value) {
        if (value instanceof CelByteString bytes) {
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        }
        if (value instanceof IpAddress address) {
            return address.toText();
        }
        if (value instanceof Instant time) {
            return TimeText.of(time);
        }
        if (value instanceof Duration duration) {
            return TimeText.of(duration);
        }
        if (value instanceof IpRange range) {
            return range.toText();
        }
        throw new IllegalArgumentException("A value of this type can't be an output");
    }
}
