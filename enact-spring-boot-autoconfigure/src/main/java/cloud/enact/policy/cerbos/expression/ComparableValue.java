package cloud.enact.policy.cerbos.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values in a form whose {@code equals} is the equality of expressions: 1 and 1.0 are the same number. */
final class ComparableValue {

    private static final double LARGEST_WHOLE = 0x1p63;

    private ComparableValue() {}

    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Number number) {
            return ofNumber(number);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(of(element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
            map.forEach((key, element) -> entries.put(of(key), of(element)));
            return entries;
        }
        return value;
    }

    /** Orders two values, or says that they have no order. */
    @SuppressWarnings("unchecked")
    static int compare(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number first && other instanceof Number second) {
            return (one instanceof Long && other instanceof Long)
                    ? Long.compare(first.longValue(), second.longValue())
                    : Double.compare(first.doubleValue(), second.doubleValue());
        }
        if (one instanceof Comparable<?> first && other != null && one.getClass() == other.getClass()) {
            return ((Comparable<Object>) first).compareTo(other);
        }
        throw new IllegalArgumentException("Values of these types have no order");
    }

    private static Object ofNumber(Number number) {
        if (number instanceof Double && number.doubleValue() != Math.rint(number.doubleValue())) {
            return number;
        }
        double approximate = number.doubleValue();
        boolean whole = Math.abs(approximate) < LARGEST_WHOLE;
        return whole ? (Object) number.longValue() : (Object) approximate;
    }
}
