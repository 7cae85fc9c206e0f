package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cerbos.expression.FunctionLibrary.Parameter;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                .global(CerbosMacros.STRING, SimpleType.STRING, args -> string(args[0]), Parameter.ANYTHING)
                .global("id", SimpleType.DYN, args -> args[0], Parameter.ANYTHING);
    }

    private static String string(Object value) {
        if (value instanceof Number number) {
            return NumberText.ofString(number);
        }
        if (value instanceof CelByteString bytes && !bytes.isValidUtf8()
                || value instanceof List
                || value instanceof Map
                || value instanceof NullValue
                || value instanceof Optional) {
            throw new IllegalArgumentException("The value can't be converted to a text");
        }
        return TextFormat.text(value);
    }
}
