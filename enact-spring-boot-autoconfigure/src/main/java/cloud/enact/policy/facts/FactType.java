package cloud.enact.policy.facts;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a kind of thing, and how to read them. Immutable and thread-safe.
 *
 * @param <T> the thing
 */
public final class FactType<T> {

    private final String name;

    private final Map<String, Field<T>> fields;

    private FactType(String name, Map<String, Field<T>> fields) {
        this.name = name;
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** A type without fields. */
    public static <T> FactType<T> named(String name) {
        return new FactType<>(name, Map.of());
    }

    /** The same type with one field more, which every thing has. */
    public FactType<T> with(String field, Shape shape, FieldReader<? super T> read) {
        return with(field, new Field<>(shape, read, false));
    }

    /** The same type with one field more, which a thing does not have where there is nothing to read. */
    public FactType<T> withOptional(String field, Shape shape, FieldReader<? super T> read) {
        return with(field, new Field<>(shape, read, true));
    }

    /** The same type with a list of other things as one field more. */
    public <E> FactType<T> withThings(String field, FactType<E> type, Function<? super T, List<E>> read) {
        return with(field, new Shape.ListOf(new Shape.Thing(type)), thing -> type.views(read.apply(thing)));
    }

    private FactType<T> with(String field, Field<T> definition) {
        Map<String, Field<T>> more = new LinkedHashMap<>(this.fields);
        more.put(field, definition);
        return new FactType<>(this.name, more);
    }

    /** What a thing of this type is called. */
    public String name() {
        return this.name;
    }

    /** What its fields hold, in order. */
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        this.fields.forEach((field, definition) -> shapes.put(field, definition.shape()));
        return Collections.unmodifiableMap(shapes);
    }

    /** A thing as a map that reads a field when it is asked for. */
    public Map<String, @Nullable Object> view(T thing) {
        return new View<>(this.fields, thing);
    }

    /** Things as a list of such maps. */
    public List<Map<String, @Nullable Object>> views(List<T> things) {
        return new Views<>(this, things);
    }

    /**
     * Reads a field of a thing.
     *
     * @param <T> the thing
     */
    @FunctionalInterface
    public interface FieldReader<T> {

        /** Returns its value, {@code null} where there is none. */
        @Nullable
        Object read(T thing);
    }

    /**
     * One field.
     *
     * @param shape what it holds
     * @param read reads it
     * @param optional whether a thing may have no such field
     */
    private record Field<T>(Shape shape, FieldReader<? super T> read, boolean optional) {}

    private static final class View<T> extends AbstractMap<String, @Nullable Object> {

        private final Map<String, Field<T>> fields;

        private final T thing;

        private View(Map<String, Field<T>> fields, T thing) {
            this.fields = fields;
            this.thing = thing;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            Field<T> field = this.fields.get(key);
            return (field != null) ? field.read().read(this.thing) : null;
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            Field<T> field = this.fields.get(key);
            return field != null && (!field.optional() || field.read().read(this.thing) != null);
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            this.fields.forEach((name, field) -> {
                Object value = field.read().read(this.thing);
                if (value != null || !field.optional()) {
                    all.put(name, value);
                }
            });
            Map<String, @Nullable Object> fixed = Collections.unmodifiableMap(all);
            return fixed.entrySet();
        }
    }

    private static final class Views<T> extends AbstractList<Map<String, @Nullable Object>> implements RandomAccess {

        private final FactType<T> type;

        private final List<T> things;

        private Views(FactType<T> type, List<T> things) {
            this.type = type;
            this.things = things;
        }

        @Override
        public Map<String, @Nullable Object> get(int index) {
            return this.type.view(Objects.requireNonNull(this.things.get(index)));
        }

        @Override
        public int size() {
            return this.things.size();
        }
    }
}
