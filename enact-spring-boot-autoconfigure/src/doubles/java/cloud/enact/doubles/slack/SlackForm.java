package cloud.enact.doubles.slack;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Requests and answers as they travel. */
final class SlackForm {

    private final JsonMapper json = new JsonMapper();

    static Map<String, String> read(HttpExchange exchange, byte[] body) {
        Map<String, String> form = new LinkedHashMap<>();
        if (body.length == 0) {
            return form;
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
            throw new SlackProblem("invalid_post_type");
        }
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    (parts.length > 1) ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return form;
    }

    void send(HttpExchange exchange, int status, Object answer, boolean cut) throws IOException {
        byte[] bytes = (answer instanceof String html)
                ? html.getBytes(StandardCharsets.UTF_8)
                : this.json.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes, 0, cut ? bytes.length / 2 : bytes.length);
        exchange.getResponseBody().flush();
    }
}
