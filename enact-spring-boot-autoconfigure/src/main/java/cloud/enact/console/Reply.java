package cloud.enact.console;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param status status of HTTP
 * @param type content type, empty without content
 * @param body content
 * @param headers further headers
 */
record Reply(int status, String type, byte[] body, Map<String, String> headers) {

    static Reply html(int status, String html) {
        return new Reply(status, "text/html;charset=UTF-8", html.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Reply json(byte[] json) {
        return new Reply(200, "application/json", json, Map.of());
    }

    /** Elsewhere, with GET. */
    static Reply redirect(String location) {
        return new Reply(303, "", new byte[0], Map.of("Location", location));
    }

    /** One without these headers gets them. */
    Reply withDefaults(Map<String, String> defaults) {
        Map<String, String> all = new LinkedHashMap<>(defaults);
        all.putAll(this.headers);
        return new Reply(this.status, this.type, this.body, all);
    }

    /** Without headers and content: a cookie, or a token in a form, is a secret. */
    @Override
    public String toString() {
        return "Reply[" + this.status + "]";
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(this.headers);
        more.put(header, value);
        return new Reply(this.status, this.type, this.body, more);
    }
}
