package cloud.enact.doubles.github;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes back over the wire. */
record Answer(int status, @Nullable JsonNode body, Map<String, String> headers) {

    static Answer ok(JsonNode body) {
        return new Answer(200, body, Map.of());
    }

    static Answer created(JsonNode body) {
        return new Answer(201, body, Map.of());
    }

    static Answer noContent() {
        return new Answer(204, null, Map.of());
    }

    static Answer refused(int status, String message) {
        return refused(status, message, List.of());
    }

    static Answer refused(int status, String message, List<ObjectNode> errors) {
        ObjectNode body = Json.object().put("message", message);
        if (!errors.isEmpty()) {
            body.set("errors", Json.array(errors, error -> error));
        }
        body.put("documentation_url", "https://docs.github.com/rest").put("status", String.valueOf(status));
        return new Answer(status, body, Map.of());
    }

    Answer with(Map<String, String> headers) {
        return new Answer(this.status, this.body, headers);
    }
}
