package cloud.enact.action;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON-like values that nobody can change any more: {@code null}, {@link Boolean}, {@link String}, {@link Long},
 * {@link BigInteger}, {@link Double}, {@link BigDecimal}, unmodifiable {@link List} and {@link Map} with
 * {@link String} keys.
 */
public final class Arguments {

    /** How deep lists and maps may nest. */
    public static final int MAX_DEPTH = 64;

    /**
     * Only member of what stands for a Java object that can't be shown as JSON: its type. Whoever reads another one
     * must not take it for missing.
     */
    public static final String JAVA_TYPE = "java_type";

    private Arguments() {}

    /** Whether a map stands for a Java object that can't be shown. */
    public static boolean isUnseen(Map<?, ?> map) {
        return map.size() == 1 && map.containsKey(JAVA_TYPE);
    }

    /**
     * Returns a deep, unmodifiable copy in normal form: smaller integers become {@link Long}, {@link Float} becomes
     * {@link Double}, enums and characters become text. A map that came out of this method is returned as it is.
     *
     * @throws IllegalArgumentException for a value that is not JSON-like, a non-finite number, or more than
     *     {@link #MAX_DEPTH} levels
     */
    public static Map<String, @Nullable Object> freeze(Map<String, ? extends @Nullable Object> values) {
        return freezeMap(values, 0);
    }

    private static Map<String, @Nullable Object> freezeMap(Map<?, ?> values, int depth) {
        if (values instanceof FrozenMap frozen) {
            return frozen;
        }
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("Arguments nest deeper than " + MAX_DEPTH + " levels");
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(Math.max(4, values.size() * 2));
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException("Argument names must be text");
            }
            copy.put(key, freezeValue(entry.getValue(), depth + 1));
        }
        return new FrozenMap(copy);
    }

    private static @Nullable Object freezeValue(@Nullable Object value, int depth) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("NaN and infinite numbers are not JSON");
            }
            return number;
        }
        if (value instanceof Map<?, ?> map) {
            return freezeMap(map, depth);
        }
        if (value instanceof Collection<?> collection) {
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException("Arguments nest deeper than " + MAX_DEPTH + " levels");
            }
            List<@Nullable Object> copy = new ArrayList<>(collection.size());
            for (Object element : collection) {
                copy.add(freezeValue(element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Character character) {
            return character.toString();
        }
        throw new IllegalArgumentException(
                "Not a JSON-like value: " + value.getClass().getName());
    }

    /** Tells a map that is frozen already from one that only looks unmodifiable. */
    private static final class FrozenMap extends AbstractMap<String, @Nullable Object> {

        private final Map<String, @Nullable Object> values;

        private FrozenMap(Map<String, @Nullable Object> values) {
            this.values = Collections.unmodifiableMap(values);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return this.values.get(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return this.values.containsKey(key);
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return this.values.entrySet();
        }
    }
}
