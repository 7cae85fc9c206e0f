package cloud.enact.doubles.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a double was asked.
 *
 * @param method such as {@code GET}
 * @param path as it came, still encoded
 * @param query as it came, empty when there was none
 * @param headers the last value of each, by name in any case
 * @param body as text
 */
public record VendorRequest(String method, String path, String query, Map<String, String> headers, String body) {

    public VendorRequest {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /** The header, or an empty text. */
    public String header(String name) {
        return this.headers.getOrDefault(name, "");
    }

    /** The body as JSON; an empty one is an empty object. */
    public JsonNode json() {
        return JsonMapper.shared().readTree(this.body.isBlank() ? "{}" : this.body);
    }

    /** The body as a form. */
    public Map<String, String> form() {
        return pairs(this.body);
    }

    /** A parameter of the query, or {@code null}. */
    public @Nullable String parameter(String name) {
        return pairs(this.query).get(name);
    }

    /**
     * What stands in the place of each {@code *} of a pattern, decoded.
     *
     * @param pattern method and path, such as {@code GET /contacts/*}
     */
    Optional<List<String>> match(String pattern) {
        String[] wanted = pattern.split("[ /]", -1);
        String[] found = (this.method + " " + this.path).split("[ /]", -1);
        if (wanted.length != found.length) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("*")) {
                values.add(decoded(found[i]));
            } else if (!wanted[i].equals(found[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static Map<String, String> pairs(String encoded) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
