package cloud.enact.doubles.github;

import java.util.Collection;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON in and out. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static <T> ArrayNode array(Collection<T> items, Function<T, ? extends JsonNode> each) {
        ArrayNode array = array();
        items.forEach(item -> array.add(each.apply(item)));
        return array;
    }

    /** A body; a bare list is one of labels. */
    static ObjectNode read(String body) {
        if (body.isEmpty()) {
            return object();
        }
        try {
            JsonNode read = MAPPER.readTree(body);
            if (read instanceof ObjectNode object) {
                return object;
            }
            if (read instanceof ArrayNode labels) {
                ObjectNode object = object();
                object.set("labels", labels);
                return object;
            }
            throw new Refusal(400, "Body should be a JSON object");
        } catch (JacksonException e) {
            throw new Refusal(400, "Problems parsing JSON");
        }
    }

    static byte[] write(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }
}
