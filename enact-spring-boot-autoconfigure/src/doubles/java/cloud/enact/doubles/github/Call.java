package cloud.enact.doubles.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A request on its way through a route. */
final class Call {

    private static final int DEFAULT_SIZE = 30;

    private final GitHubRequest request;

    private final String root;

    private final Matcher path;

    private final ObjectNode body;

    Call(GitHubRequest request, String root, Matcher path) {
        this.request = request;
        this.root = root;
        this.path = path;
        this.body = Json.read(request.body());
    }

    /** Part of the path that the route named in parentheses. */
    String part(int group) {
        return this.path.group(group);
    }

    int number(int group) {
        try {
            return Integer.parseInt(part(group));
        } catch (NumberFormatException e) {
            throw Refusal.notFound();
        }
    }

    long id(int group) {
        try {
            return Long.parseLong(part(group));
        } catch (NumberFormatException e) {
            throw Refusal.notFound();
        }
    }

    ObjectNode body() {
        return this.body;
    }

    @Nullable
    JsonNode given(String field) {
        JsonNode node = this.body.get(field);
        return node == null || node.isNull() ? null : node;
    }

    @Nullable
    String text(String field) {
        JsonNode node = given(field);
        return node == null ? null : node.asString();
    }

    String needed(String field) {
        String text = text(field);
        if (text == null) {
            throw Refusal.invalid("Invalid request.\n\n\"" + field + "\" wasn't supplied.");
        }
        return text;
    }

    boolean flag(String field) {
        JsonNode node = given(field);
        return node != null && node.asBoolean();
    }

    List<JsonNode> list(String field) {
        JsonNode node = this.body.get(field);
        List<JsonNode> list = new ArrayList<>();
        if (node instanceof ArrayNode array) {
            array.forEach(list::add);
        }
        return list;
    }

    String query(String name, String otherwise) {
        return this.request.query().getOrDefault(name, otherwise);
    }

    /** One page of a list, with a link to the next one. */
    Answer page(List<? extends JsonNode> all) {
        Answer answer = Answer.ok(Json.array(slice(all, DEFAULT_SIZE), node -> node));
        int size = size(DEFAULT_SIZE);
        if ((long) page() * size >= all.size()) {
            return answer;
        }
        return answer.with(Map.of("Link", "<" + link(page() + 1, size) + ">; rel=\"next\""));
    }

    /** The part of a list that is asked for. */
    <T> List<T> slice(List<T> all, int defaultSize) {
        int size = size(defaultSize);
        int from = (int) Math.min(all.size(), (page() - 1L) * size);
        return all.subList(from, Math.min(all.size(), from + size));
    }

    private int page() {
        return Math.max(1, Integer.parseInt(query("page", "1")));
    }

    private int size(int otherwise) {
        String size = query("per_page", "");
        return size.isEmpty() ? otherwise : Math.max(1, Math.min(100, Integer.parseInt(size)));
    }

    private String link(int page, int size) {
        StringBuilder link =
                new StringBuilder(this.root + Url.path(this.request.path()) + "?page=" + page + "&per_page=" + size);
        this.request.query().forEach((name, value) -> {
            if (!name.equals("page") && !name.equals("per_page")) {
                link.append('&').append(Url.value(name)).append('=').append(Url.value(value));
            }
        });
        return link.toString();
    }
}
