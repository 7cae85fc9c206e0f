package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cerbos.expression.FunctionLibrary.Parameter;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.function.BiFunction;

/** {@code hierarchy(x)} and what can be asked about two of them. */
final class HierarchyFunctions {

    private static final Parameter HIERARCHY = Parameter.of(Hierarchy.class);

    private HierarchyFunctions() {}

    static void addTo(FunctionLibrary library) {
        library.global("hierarchy", SimpleType.DYN, args -> Hierarchy.of((String) args[0], "."), Parameter.TEXT)
                .global(
                        "hierarchy",
                        SimpleType.DYN,
                        args -> Hierarchy.of((String) args[0], (String) args[1]),
                        Parameter.TEXT,
                        Parameter.TEXT)
                .global("hierarchy", SimpleType.DYN, args -> Hierarchy.of((List<?>) args[0]), Parameter.LIST);
        relation(library, "ancestorOf", Hierarchy::isAncestorOf);
        relation(library, "descendentOf", (one, other) -> other.isAncestorOf(one));
        relation(library, "immediateParentOf", Hierarchy::isImmediateParentOf);
        relation(library, "immediateChildOf", (one, other) -> other.isImmediateParentOf(one));
        relation(library, "siblingOf", Hierarchy::isSiblingOf);
        relation(library, "overlaps", Hierarchy::overlaps);
        library.member(
                "commonAncestors",
                SimpleType.DYN,
                args -> ((Hierarchy) args[0]).commonAncestors((Hierarchy) args[1]),
                HIERARCHY,
                HIERARCHY);
    }

    private static void relation(
            FunctionLibrary library, String name, BiFunction<Hierarchy, Hierarchy, Boolean> relation) {
        library.member(
                name,
                SimpleType.BOOL,
                args -> relation.apply((Hierarchy) args[0], (Hierarchy) args[1]),
                HIERARCHY,
                HIERARCHY);
    }
}
