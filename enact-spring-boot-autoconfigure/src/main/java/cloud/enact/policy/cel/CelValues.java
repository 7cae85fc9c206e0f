package cloud.enact.policy.cel;

import cloud.enact.action.Arguments;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON-like values as CEL wants them. Maps and lists are views, so that an expression that reads one argument does not
 * pay for the others.
 */
final class CelValues {

    /** No expression needs more of a text, and some functions cost more than its length. */
    static final int LONGEST_TEXT = 2 * 1024 * 1024;

    private CelValues() {}

    @SuppressWarnings("unchecked")
    static Object of(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof String text) {
            if (text.length() > LONGEST_TEXT) {
                throw new IllegalArgumentException(
                        "The expression reads a text of more than " + LONGEST_TEXT + " characters");
            }
            return text;
        }
        if (value instanceof BigInteger number) {
            return (number.bitLength() < Long.SIZE) ? (Object) number.longValue() : (Object) number.doubleValue();
        }
        if (value instanceof BigDecimal number) {
            return number.doubleValue();
        }
        if (value instanceof Map<?, ?> map) {
            return Arguments.isUnseen(map)
                    ? new UnseenView((Map<String, @Nullable Object>) map)
                    : new MapView((Map<String, @Nullable Object>) map);
        }
        if (value instanceof List<?> list) {
            return new ListView(list);
        }
        return value;
    }

    /** A map whose values are converted when they are read. */
    static class MapView extends AbstractMap<String, Object> {

        private final Map<String, @Nullable Object> values;

        MapView(Map<String, @Nullable Object> values) {
            this.values = values;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            Object value = this.values.get(key);
            return (value != null || this.values.containsKey(key)) ? of(value) : null;
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return this.values.containsKey(key);
        }

        @Override
        public int size() {
            return this.values.size();
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {

                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return MapView.this.values.entrySet().stream()
                            .<Entry<String, Object>>map(
                                    entry -> new SimpleImmutableEntry<>(entry.getKey(), of(entry.getValue())))
                            .iterator();
                }

                @Override
                public int size() {
                    return MapView.this.values.size();
                }
            };
        }
    }

    /** A Java object of which only the type is known: whether it has what an expression asks for, nobody can tell. */
    private static final class UnseenView extends MapView {

        private UnseenView(Map<String, @Nullable Object> values) {
            super(values);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            requireKnown(key);
            return super.get(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            requireKnown(key);
            return super.containsKey(key);
        }

        private static void requireKnown(@Nullable Object key) {
            if (!Arguments.JAVA_TYPE.equals(key)) {
                throw new IllegalArgumentException("The expression reads an object that can't be shown to it");
            }
        }
    }

    /** A list whose elements are converted when they are read. */
    private static final class ListView extends AbstractList<Object> implements RandomAccess {

        private final List<?> elements;

        private ListView(List<?> elements) {
            this.elements = elements;
        }

        @Override
        public Object get(int index) {
            return of(this.elements.get(index));
        }

        @Override
        public int size() {
            return this.elements.size();
        }
    }
}
