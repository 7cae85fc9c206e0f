package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cerbos.expression.FunctionLibrary.Parameter;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionOverload;
import java.util.List;

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
        relation(library, "ancestorOf", args -> first(args).isAncestorOf(second(args)));
        relation(library, "descendentOf", args -> second(args).isAncestorOf(first(args)));
        relation(library, "immediateParentOf", args -> first(args).isImmediateParentOf(second(args)));
        relation(library, "immediateChildOf", args -> second(args).isImmediateParentOf(first(args)));
        relation(library, "siblingOf", args -> first(args).isSiblingOf(second(args)));
        relation(library, "overlaps", args -> first(args).overlaps(second(args)));
        library.member(
                "commonAncestors",
                SimpleType.DYN,
                args -> first(args).commonAncestors(second(args)),
                HIERARCHY,
                HIERARCHY);
    }

    private static void relation(FunctionLibrary library, String name, CelFunctionOverload body) {
        library.member(name, SimpleType.BOOL, body, HIERARCHY, HIERARCHY);
    }

    private static Hierarchy first(Object... args) {
        return (Hierarchy) args[0];
    }

    private static Hierarchy second(Object... args) {
        return (Hierarchy) args[1];
    }
}
