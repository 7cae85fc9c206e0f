package cloud.enact.receipt;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Indented JSON for people, in the order of the map; numbers and texts as in canonical JSON. */
final class PrettyJson {

    private static final String INDENT = "  ";

    private final JsonBytes out = new JsonBytes(4096);

    private PrettyJson() {}

    static String write(Map<String, @Nullable Object> value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    static byte[] bytes(Map<String, @Nullable Object> value) {
        PrettyJson json = new PrettyJson();
        json.value(value, "\n");
        json.out.raw('\n');
        return json.out.toBytes();
    }

    private void value(@Nullable Object value, String line) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            Iterator<? extends Map.Entry<?, ?>> members = map.entrySet().iterator();
            String separator = "{";
            while (members.hasNext()) {
                Map.Entry<?, ?> member = members.next();
                this.out.raw(separator).raw(line).raw(INDENT);
                this.out.string(String.valueOf(member.getKey())).raw(": ");
                value(member.getValue(), line + INDENT);
                separator = ",";
            }
            this.out.raw(line).raw('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            String separator = "[";
            for (Object element : list) {
                this.out.raw(separator).raw(line).raw(INDENT);
                value(element, line + INDENT);
                separator = ",";
            }
            this.out.raw(line).raw(']');
        } else {
            CanonicalJson.write(this.out, value);
        }
    }
}
