package cloud.enact.console;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the fields of addresses and forms, from hostile bytes. */
final class FormFields {

    private static final int MOST = 1000;

    private static final String REPLACED = "\uFFFD";

    private final Map<String, String[]> fields = new LinkedHashMap<>();

    private FormFields() {}

    /**
     * The fields of both.
     *
     * @param query what stands behind the question mark, or {@code null}
     * @param form the form, empty for none
     * @throws IllegalArgumentException when they are no text, or too many
     */
    static Map<String, String[]> read(@Nullable String query, byte[] form) {
        FormFields fields = new FormFields();
        fields.add((query != null) ? query : "");
        try {
            fields.add(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(form))
                    .toString());
        } catch (CharacterCodingException ex) {
            throw new IllegalArgumentException("A form is no text", ex);
        }
        return fields.fields;
    }

    private void add(String text) {
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('&', from);
            String field = text.substring(from, (end < 0) ? text.length() : end);
            if (!field.isEmpty()) {
                int equals = field.indexOf('=');
                put(
                        decoded((equals < 0) ? field : field.substring(0, equals)),
                        (equals < 0) ? "" : decoded(field.substring(equals + 1)));
            }
            from += field.length() + 1;
        }
    }

    private static String decoded(String text) {
        String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        // that is what becomes of bytes that are no text
        if (decoded.contains(REPLACED)) {
            throw new IllegalArgumentException("A field is no text");
        }
        return decoded;
    }

    private void put(String name, String value) {
        String[] before = this.fields.get(name);
        if (before == null) {
            this.fields.put(name, new String[] {value});
        } else if (before.length == 1) {
            // nobody wants a field twice: that there are two is enough to know
            String[] both = Arrays.copyOf(before, 2);
            both[1] = value;
            this.fields.put(name, both);
        }
        if (this.fields.size() > MOST) {
            throw new IllegalArgumentException("There are more than " + MOST + " fields");
        }
    }
}
