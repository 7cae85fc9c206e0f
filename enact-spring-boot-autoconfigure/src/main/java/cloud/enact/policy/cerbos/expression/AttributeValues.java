package cloud.enact.policy.cerbos.expression;

import cloud.enact.action.Arguments;
import dev.cel.common.values.NullValue;
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
 * JSON-like values as these expressions see them: every number is a double. Maps and lists are views, so that an
 * expression that reads one attribute does not pay for the others.
 */
public final class AttributeValues {

    /** No expression needs more of a text, and some functions cost more than its length. */
    private static final int LONGEST_TEXT = 2 * 1024 * 1024;

    private AttributeValues() {}

    /** A value as expressions see it. */
    public static Object of(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof String text) {
            if (text.length() > LONGEST_TEXT) {
                throw new IllegalArgumentException("A text is too long for an expression");
            }
            return text;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        if (value instanceof List<?> list) {
            return new ListView(list);
        }
        return value;
    }

    /** A map as expressions see it. */
    public static Map<String, Object> ofMap(Map<?, ?> map) {
        return new MapView(map, Arguments.isUnseen(map));
    }

    /** A map whose values are converted when they are read. */
    private static final class MapView extends AbstractMap<String, Object> {

        private final Map<?, ?> values;

        private final boolean unseen;

        private MapView(Map<?, ?> values, boolean unseen) {
            this.values = values;
            this.unseen = unseen;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return containsKey(key) ? of(this.values.get(key)) : null;
        }

        /** Of a Java object only the type is known: whether it has more, nobody can tell. */
        @Override
        public boolean containsKey(@Nullable Object key) {
            if (this.unseen && !Arguments.JAVA_TYPE.equals(key)) {
                throw new IllegalArgumentException("An object can't be shown to an expression");
            }
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
                                    entry -> new SimpleImmutableEntry<>((String) entry.getKey(), of(entry.getValue())))
                            .iterator();
                }

                @Override
                public int size() {
                    return MapView.this.values.size();
                }
            };
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
