package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cerbos.expression.FunctionLibrary.Parameter;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists, also as sets: {@code hasIntersection}, {@code intersect}, {@code except} and {@code isSubset}. */
final class SetFunctions {

    private static final ListType LIST = ListType.create(SimpleType.DYN);

    private SetFunctions() {}

    static void addTo(FunctionLibrary library) {
        for (String name : List.of("hasIntersection", "has_intersection")) {
            library.both(
                    name,
                    SimpleType.BOOL,
                    args -> intersects((List<?>) args[0], (List<?>) args[1]),
                    Parameter.LIST,
                    Parameter.LIST);
        }
        for (String name : List.of("isSubset", "is_subset")) {
            library.both(
                    name,
                    SimpleType.BOOL,
                    args -> keys((List<?>) args[1]).containsAll(keys((List<?>) args[0])),
                    Parameter.LIST,
                    Parameter.LIST);
        }
        // attributes are doubles, also those that say which element is meant
        library.global(
                "_[_]",
                SimpleType.DYN,
                args -> element((List<?>) args[0], (Double) args[1]),
                Parameter.LIST,
                new Parameter(SimpleType.DOUBLE, Double.class));
        library.both(
                "intersect",
                LIST,
                args -> intersection((List<?>) args[0], (List<?>) args[1]),
                Parameter.LIST,
                Parameter.LIST);
        library.both(
                "except",
                LIST,
                args -> only((List<?>) args[0], keys((List<?>) args[1]), false),
                Parameter.LIST,
                Parameter.LIST);
    }

    private static Object element(List<?> list, double index) {
        if (index != Math.rint(index) || index < 0 || index >= list.size()) {
            throw new IllegalArgumentException("The list has no such element");
        }
        return list.get((int) index);
    }

    private static boolean intersects(List<?> one, List<?> other) {
        Set<Object> keys = keys(other);
        return one.stream().anyMatch(value -> keys.contains(ComparableValue.of(value)));
    }

    /** Elements of the shorter list, in its order. */
    private static List<Object> intersection(List<?> one, List<?> other) {
        return (one.size() > other.size()) ? only(other, keys(one), true) : only(one, keys(other), true);
    }

    private static List<Object> only(List<?> values, Set<Object> keys, boolean wanted) {
        List<Object> kept = new ArrayList<>();
        for (Object value : values) {
            if (keys.contains(ComparableValue.of(value)) == wanted) {
                kept.add(value);
            }
        }
        return kept;
    }

    /** Comparing by key makes the work linear, whatever the lists hold. */
    private static Set<Object> keys(List<?> values) {
        Set<Object> keys = new HashSet<>();
        values.forEach(value -> keys.add(ComparableValue.of(value)));
        return keys;
    }
}
