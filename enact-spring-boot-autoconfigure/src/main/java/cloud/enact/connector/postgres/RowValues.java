package cloud.enact.connector.postgres;

import cloud.enact.connector.ConnectorException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Values on their way between JSON and the text PostgreSQL reads and writes. */
final class RowValues {

    /** Beyond this many digits a number is written with an exponent. */
    private static final int MOST_DIGITS = 200;

    private static final double LARGEST_EXACT = 1L << 53;

    private static final JsonMapper JSON = new JsonMapper();

    private RowValues() {}

    /** A value as PostgreSQL reads it for a column. */
    static @Nullable String text(RowColumn column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = written(column, value);
        // the driver would send a question mark, which is another value than the one that was judged
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new ConnectorException("a text holds half a character, which PostgreSQL does not keep");
        }
        return text;
    }

    private static String written(RowColumn column, Object value) {
        boolean composed = value instanceof Map || value instanceof List;
        if (column.isJson()) {
            // text is JSON as it stands, as it comes out of the column
            return composed ? JSON.writeValueAsString(value) : scalar(value);
        }
        if (column.array() && value instanceof List<?> list) {
            return array(list);
        }
        if (composed) {
            throw new ConnectorException("column '" + column.name() + "' takes a single value");
        }
        return scalar(value);
    }

    /** A value of a column as JSON has it: numbers and truth as such, everything else as text. */
    static @Nullable Object json(RowColumn column, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (column.typeName()) {
            case "bool" -> text.equals("true");
            case "int2", "int4", "int8", "oid" -> Long.valueOf(text);
            case "float4", "float8" -> isNumber(text) ? (Object) Double.valueOf(text) : text;
            case "numeric" -> isNumber(text) ? (Object) new BigDecimal(text) : text;
            default -> text;
        };
    }

    /** Values of common Java types as JSON has them; what else there is, is refused later. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof TemporalAccessor || value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> plain.put(key, plain(element)));
            return plain;
        }
        if (value instanceof Collection<?> collection) {
            List<@Nullable Object> plain = new ArrayList<>();
            collection.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return value;
    }

    private static String scalar(Object value) {
        if (value instanceof BigDecimal number) {
            boolean brief = Math.abs((long) number.scale()) + number.precision() < MOST_DIGITS;
            return brief ? number.toPlainString() : number.toString();
        }
        if (value instanceof Double number && isWhole(number)) {
            return String.valueOf(number.longValue());
        }
        if (value instanceof BigInteger || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        String text = value.toString();
        if (text.indexOf('\0') >= 0) {
            throw new ConnectorException("a text holds the character 0, which PostgreSQL does not keep");
        }
        return text;
    }

    /** Whether a column of whole numbers takes it; minus zero is none of them. */
    private static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) < LARGEST_EXACT && Double.compare(number, -0.0) != 0;
    }

    private static String array(List<?> list) {
        StringBuilder text = new StringBuilder("{");
        String separator = "";
        for (Object element : list) {
            text.append(separator);
            separator = ",";
            if (element == null) {
                text.append("NULL");
            } else if (element instanceof List<?> inner) {
                text.append(array(inner));
            } else if (element instanceof Map) {
                throw new ConnectorException("an array holds an object; write it as text");
            } else {
                text.append('"')
                        .append(scalar(element).replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        }
        return text.append('}').toString();
    }

    private static boolean isNumber(String text) {
        char last = text.charAt(text.length() - 1);
        return last >= '0' && last <= '9';
    }
}
