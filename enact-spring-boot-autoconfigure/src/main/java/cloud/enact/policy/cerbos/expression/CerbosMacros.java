package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cerbos.expression.FunctionLibrary.Parameter;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What looks like a function but is rewritten before it is compiled, with the functions it is rewritten to. */
final class CerbosMacros {

    /** The time of the request. Expressions can't name it, because of its first character. */
    static final String NOW = "@now";

    static final String STRING = "@string";

    private static final String MILLISECONDS = "@milliseconds";

    private static final String SORT_PAIRS = "@sortPairs";

    private static final long NANOS_PER_MILLISECOND = 1_000_000;

    private CerbosMacros() {}

    static List<CelMacro> all() {
        return List.of(
                CelMacro.newGlobalMacro("now", 0, (factory, target, args) -> Optional.of(factory.newIdentifier(NOW))),
                // attributes are doubles, and 3.0 is written as 3
                CelMacro.newGlobalMacro(
                        "string",
                        1,
                        (factory, target, args) -> Optional.of(factory.newGlobalCall(STRING, first(args)))),
                CelMacro.newGlobalMacro(
                        "timeSince", 1, (factory, target, args) -> Optional.of(since(factory, first(args)))),
                CelMacro.newReceiverMacro(
                        "timeSince", 0, (factory, target, args) -> Optional.of(since(factory, target))),
                // of a duration all milliseconds are meant, not what is left of the last second
                CelMacro.newReceiverMacro(
                        "getMilliseconds",
                        0,
                        (factory, target, args) -> Optional.of(factory.newGlobalCall(MILLISECONDS, target))),
                CelMacro.newReceiverMacro(
                        "sortBy", 2, (factory, target, args) -> Optional.of(sortBy(factory, target, args))));
    }

    static void addTo(FunctionLibrary library) {
        library.global(
                        MILLISECONDS,
                        SimpleType.INT,
                        args -> ((Duration) args[0]).toMillis(),
                        new Parameter(SimpleType.DURATION, Duration.class))
                .global(
                        MILLISECONDS,
                        SimpleType.INT,
                        args -> ((Instant) args[0]).getNano() / NANOS_PER_MILLISECOND,
                        new Parameter(SimpleType.TIMESTAMP, Instant.class))
                .global(SORT_PAIRS, ListType.create(SimpleType.DYN), args -> sorted((List<?>) args[0]), Parameter.LIST);
    }

    private static CelExpr first(List<CelExpr> expressions) {
        return expressions.get(0);
    }

    private static CelExpr since(CelMacroExprFactory factory, CelExpr time) {
        return factory.newGlobalCall("_-_", factory.newIdentifier(NOW), time);
    }

    /** {@code list.sortBy(e, key)} becomes the pairs {@code [e, key]}, sorted. */
    private static CelExpr sortBy(CelMacroExprFactory factory, CelExpr target, List<CelExpr> args) {
        if (args.get(0).getKind() != Kind.IDENT) {
            return factory.reportError("sortBy wants the name of a variable first");
        }
        String element = args.get(0).ident().name();
        String pairs = factory.getAccumulatorVarName();
        CelExpr pair = factory.newList(factory.newIdentifier(element), args.get(1));
        CelExpr mapped = factory.fold(
                element,
                target,
                pairs,
                factory.newList(),
                factory.newBoolLiteral(true),
                factory.newGlobalCall("_+_", factory.newIdentifier(pairs), factory.newList(pair)),
                factory.newIdentifier(pairs));
        return factory.newGlobalCall(SORT_PAIRS, mapped);
    }

    private static List<Object> sorted(List<?> pairs) {
        List<List<?>> sorted = new ArrayList<>();
        pairs.forEach(pair -> sorted.add((List<?>) pair));
        sorted.sort((one, other) -> ComparableValue.compare(one.get(1), other.get(1)));
        List<Object> elements = new ArrayList<>(sorted.size());
        sorted.forEach(pair -> elements.add(pair.get(0)));
        return elements;
    }
}
