package cloud.enact.gate;

import cloud.enact.action.HmacSha256;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Digests of JSON-like values under a key that is derived for this purpose alone: who reads them can't test guesses.
 * Different values never have the same text, which canonical JSON does not promise for numbers beyond a double and for
 * halves of surrogate pairs. Thread-safe.
 */
final class CallDigests {

    /** What the key is derived for. */
    static final String PURPOSE = "enact/approval-digest/v1";

    private final byte[] key;

    CallDigests(byte[] key) {
        this.key = key.clone();
    }

    /** {@code hmac-sha256:} and 64 hexadecimal digits. */
    String of(Map<String, ? extends @Nullable Object> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        write(out, values);
        return "hmac-sha256:" + HexFormat.of().formatHex(HmacSha256.of(this.key, out.toByteArray()));
    }

    private static void write(ByteArrayOutputStream out, @Nullable Object value) {
        if (value == null) {
            out.write('n');
        } else if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, element) -> sorted.put(String.valueOf(name), element));
            head(out, 'm', sorted.size());
            sorted.forEach((name, element) -> {
                text(out, 't', name);
                write(out, element);
            });
        } else if (value instanceof Collection<?> elements) {
            head(out, 'l', elements.size());
            elements.forEach(element -> write(out, element));
        } else if (value instanceof Number number) {
            text(
                    out,
                    'd',
                    new BigDecimal(number.toString()).stripTrailingZeros().toString());
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 'y' : 'f');
        } else {
            text(out, 't', value.toString());
        }
    }

    private static void text(ByteArrayOutputStream out, char kind, String text) {
        head(out, kind, text.length());
        // as it is: UTF-8 would make one character of all that are none
        ByteBuffer chars = ByteBuffer.allocate(text.length() * 2);
        chars.asCharBuffer().put(text);
        out.writeBytes(chars.array());
    }

    private static void head(ByteArrayOutputStream out, char kind, int length) {
        out.write(kind);
        out.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        out.write(':');
    }
}
