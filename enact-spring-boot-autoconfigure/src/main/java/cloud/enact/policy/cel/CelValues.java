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
 * pay for the others. Thread-safe.
 */
public enum CelValues {

    /** Whole numbers stay whole as far as 64 bits go. */
    EXACT,

    /** Every number is a double, as in JSON. */
    DOUBLES;

    /** No expression needs more of a text, and some functions cost more than its length. */
    private static final int LONGEST_TEXT = 2 * 1024 * 1024;

    /**
     * A value as expressions see it.
     *
     * @throws IllegalArgumentException when a text is too long for an expression
     */
    public Object of(@Nullable Object value) {
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
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        if (value instanceof List<?> list) {
            return new ListView(this, list);
        }
        return value;
    }

    /** A map as expressions see it; of a Java object they see the type and nothing else. */
    public Map<String, Object> ofMap(Map<?, ?> map) {
        return Arguments.isUnseen(map) ? new UnseenView(this, map) : new MapView(this, map);
    }

    private Object number(Number number) {
        if (this == DOUBLES || number instanceof BigDecimal) {
            return number.doubleValue();
        }
        if (number instanceof BigInteger whole) {
            return (whole.bitLength() < Long.SIZE) ? (Object) whole.longValue() : (Object) whole.doubleValue();
        }
        return number;
    }

    /** A map whose values are converted when they are read. */
    static class MapView extends AbstractMap<String, Object> {

        private final CelValues conversion;

        private final Map<?, ?> values;

        MapView(CelValues conversion, Map<?, ?> values) {
            this.conversion = conversion;
            this.values = values;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            Object value = this.values.get(key);
            return (value != null || this.values.containsKey(key)) ? this.conversion.of(value) : null;
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
                            .map(MapView.this::converted)
                            .iterator();
                }

                @Override
                public int size() {
                    return MapView.this.values.size();
                }
            };
        }

        private Entry<String, Object> converted(Entry<?, ?> entry) {
            return new SimpleImmutableEntry<>((String) entry.getKey(), this.conversion.of(entry.getValue()));
        }
    }

    /** A Java object of which only the type is known: whether it has what an expression asks for, nobody can tell. */
    private static final class UnseenView extends MapView {

        private UnseenView(CelValues conversion, Map<?, ?> values) {
            super(conversion, values);
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

        private final CelValues conversion;

        private final List<?> elements;

        private ListView(CelValues conversion, List<?> elements) {
            this.conversion = conversion;
            this.elements = elements;
        }

        @Override
        public Object get(int index) {
            return this.conversion.of(this.elements.get(index));
        }

        @Override
        public int size() {
            return this.elements.size();
        }
    }
}
