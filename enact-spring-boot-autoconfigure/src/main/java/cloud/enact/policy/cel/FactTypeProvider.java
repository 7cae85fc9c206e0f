package cloud.enact.policy.cel;

import cloud.enact.policy.facts.FactType;
import cloud.enact.policy.facts.Shape;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of variables as types of CEL, so that a misspelled one is found at start-up. Immutable. */
final class FactTypeProvider implements CelTypeProvider {

    private final ImmutableMap<String, CelType> types;

    FactTypeProvider(Collection<FactType<?>> variables) {
        Map<String, CelType> found = new LinkedHashMap<>();
        variables.forEach(type -> add(type, found));
        this.types = ImmutableMap.copyOf(found);
    }

    /** How the type of a thing is called among CEL's. */
    static CelType reference(FactType<?> type) {
        return StructTypeReference.create(nameOf(type));
    }

    private static String nameOf(FactType<?> type) {
        return "enact." + type.name();
    }

    private static void add(FactType<?> type, Map<String, CelType> found) {
        if (found.containsKey(nameOf(type))) {
            return;
        }
        Map<String, CelType> shapes = new LinkedHashMap<>();
        type.shapes().forEach((field, shape) -> shapes.put(field, typeOf(shape, found)));
        ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(shapes);
        found.put(
                nameOf(type),
                StructType.create(nameOf(type), fields.keySet(), field -> Optional.ofNullable(fields.get(field))));
    }

    private static CelType typeOf(Shape shape, Map<String, CelType> found) {
        if (shape instanceof Shape.ListOf list) {
            return ListType.create(typeOf(list.element(), found));
        }
        if (shape instanceof Shape.MapOf map) {
            return MapType.create(SimpleType.STRING, typeOf(map.value(), found));
        }
        if (shape instanceof Shape.Thing thing) {
            add(thing.type(), found);
            return reference(thing.type());
        }
        return switch ((Shape.Simple) shape) {
            case TEXT -> SimpleType.STRING;
            case TEXT_OR_NULL -> NullableType.create(SimpleType.STRING);
            case NUMBER -> SimpleType.INT;
            case TRUTH -> SimpleType.BOOL;
            case TIME -> SimpleType.TIMESTAMP;
            case ANYTHING -> SimpleType.DYN;
        };
    }

    @Override
    public ImmutableList<CelType> types() {
        return this.types.values().asList();
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(this.types.get(name));
    }
}
