package cloud.enact.doubles.github;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads values written inside a GraphQL document: objects, lists, texts, names, numbers, variables. */
final class GraphQlReader {

    private final String document;

    private final JsonNode variables;

    private int at;

    GraphQlReader(String document, int at, JsonNode variables) {
        this.document = document;
        this.at = at;
        this.variables = variables;
    }

    JsonNode value() {
        skip();
        char first = current();
        if (first == '$') {
            this.at++;
            String name = word();
            return this.variables.has(name) ? this.variables.get(name) : JsonNodeFactory.instance.nullNode();
        }
        return switch (first) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> JsonNodeFactory.instance.stringNode(text());
            default -> bare(word());
        };
    }

    private ObjectNode object() {
        ObjectNode object = Json.object();
        this.at++;
        while (next() != '}') {
            String name = word();
            if (next() != ':') {
                throw broken();
            }
            this.at++;
            object.set(name, value());
        }
        this.at++;
        return object;
    }

    private ArrayNode list() {
        ArrayNode list = Json.array();
        this.at++;
        while (next() != ']') {
            list.add(value());
        }
        this.at++;
        return list;
    }

    private String text() {
        int end = ++this.at;
        while (end < this.document.length() && this.document.charAt(end) != '"') {
            end += this.document.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= this.document.length()) {
            throw broken();
        }
        String raw = this.document.substring(this.at, end);
        this.at = end + 1;
        return Json.read("{\"text\":\"" + raw + "\"}").path("text").asString();
    }

    private static JsonNode bare(String word) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (word) {
            case "true", "false" -> nodes.booleanNode(Boolean.parseBoolean(word));
            case "null" -> nodes.nullNode();
            default -> word.matches("-?[0-9]{1,18}") ? nodes.numberNode(Long.parseLong(word)) : nodes.stringNode(word);
        };
    }

    private String word() {
        int from = this.at;
        while (this.at < this.document.length()
                && (Character.isLetterOrDigit(current()) || current() == '_' || current() == '-')) {
            this.at++;
        }
        if (from == this.at) {
            throw broken();
        }
        return this.document.substring(from, this.at);
    }

    private char next() {
        skip();
        return current();
    }

    private void skip() {
        while (this.at < this.document.length() && (Character.isWhitespace(current()) || current() == ',')) {
            this.at++;
        }
    }

    private char current() {
        if (this.at >= this.document.length()) {
            throw broken();
        }
        return this.document.charAt(this.at);
    }

    private static Refusal broken() {
        return new Refusal(400, "A query attribute must be specified and must be a string.");
    }
}
