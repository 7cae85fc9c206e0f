package cloud.enact.policy.cerbos.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a plain value as JSON without any space. */
final class JsonText {

    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(@Nullable Object value) {
        JsonText json = new JsonText();
        json.write(value);
        return json.text.toString();
    }

    private void write(@Nullable Object value) {
        if (value instanceof String string) {
            writeText(string);
        } else if (value instanceof Number number) {
            this.text.append(NumberText.of(number));
        } else if (value instanceof List<?> list) {
            this.text.append('[');
            String separator = "";
            for (Object element : list) {
                this.text.append(separator);
                write(element);
                separator = ",";
            }
            this.text.append(']');
        } else if (value instanceof Map<?, ?> map) {
            this.text.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                this.text.append(separator);
                writeText(String.valueOf(entry.getKey()));
                this.text.append(':');
                write(entry.getValue());
                separator = ",";
            }
            this.text.append('}');
        } else {
            this.text.append(value);
        }
    }

    private void writeText(String string) {
        this.text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> this.text.append("\\\"");
                case '\\' -> this.text.append("\\\\");
                case '\n' -> this.text.append("\\n");
                case '\r' -> this.text.append("\\r");
                case '\t' -> this.text.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE) {
                        this.text.append(String.format("\\u%04x", (int) c));
                    } else {
                        this.text.append(c);
                    }
                }
            }
        }
        this.text.append('"');
    }
}
