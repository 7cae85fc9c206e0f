package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cerbos.expression.FunctionLibrary.Parameter;
import dev.cel.common.types.SimpleType;
import java.util.List;

/** {@code format}, {@code json.encode} and {@code id}. */
final class TextFunctions {

    private TextFunctions() {}

    static void addTo(FunctionLibrary library) {
        library.member(
                        "format",
                        SimpleType.STRING,
                        args -> new TextFormat((List<?>) args[1]).apply((String) args[0]),
                        Parameter.TEXT,
                        Parameter.LIST)
                .global(
                        "json.encode",
                        SimpleType.STRING,
                        args -> JsonText.of(PlainValue.of(args[0])),
                        Parameter.ANYTHING)
                .global("id", SimpleType.DYN, args -> args[0], Parameter.ANYTHING);
    }
}
