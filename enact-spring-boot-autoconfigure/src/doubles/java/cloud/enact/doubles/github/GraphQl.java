package cloud.enact.doubles.github;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The mutations that REST has no like of; what a caller selects from the result is not looked at. */
final class GraphQl {

    private static final Pattern MUTATION = Pattern.compile("\\b(updateRefs)\\s*\\(\\s*input\\s*:");

    private final Collection<HostedRepository> repositories;

    GraphQl(Collection<HostedRepository> repositories) {
        this.repositories = repositories;
    }

    Answer answer(GitHubRequest request) throws IOException {
        ObjectNode body = Json.read(request.body());
        String document = body.path("query").asString("");
        Matcher mutation = MUTATION.matcher(document);
        if (!mutation.find()) {
            return failed("", "undefinedField", "This double knows the mutation updateRefs only");
        }
        JsonNode input = new GraphQlReader(document, mutation.end(), body.path("variables")).value();
        String name = mutation.group(1);
        try {
            ObjectNode result = updateRefs(input);
            result.set("clientMutationId", input.get("clientMutationId"));
            ObjectNode data = Json.object();
            data.set(name, result);
            ObjectNode answer = Json.object();
            answer.set("data", data);
            return Answer.ok(answer);
        } catch (Refusal e) {
            return failed(name, type(e), String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode updateRefs(JsonNode input) throws IOException {
        HostedRepository repository = repository(input.path("repositoryId").asString(""));
        synchronized (repository) {
            if (!repository.isWritable()) {
                throw new Refusal(403, "Resource not accessible by personal access token");
            }
            List<RefChange> changes = new ArrayList<>();
            for (JsonNode change : input.path("refUpdates")) {
                changes.add(RefChange.of(change));
            }
            if (changes.isEmpty()) {
                throw Refusal.invalid("At least one ref update is needed");
            }
            repository.move(changes);
        }
        return Json.object();
    }

    private HostedRepository repository(String nodeId) {
        for (HostedRepository repository : this.repositories) {
            if (repository.nodeId().equals(nodeId)) {
                return repository;
            }
        }
        throw new Refusal(404, "Could not resolve to a node with the global id of '" + nodeId + "'");
    }

    private static String type(Refusal refusal) {
        return switch (refusal.status()) {
            case 403 -> "FORBIDDEN";
            case 404 -> "NOT_FOUND";
            case 409 -> "STALE_DATA";
            default -> "UNPROCESSABLE";
        };
    }

    /** Failures of a mutation come with status 200. */
    private static Answer failed(String name, String type, String message) {
        ObjectNode error = Json.object().put("type", type).put("message", message);
        error.putArray("path").add(name);
        error.putArray("locations").addObject().put("line", 1).put("column", 1);
        ObjectNode answer = Json.object();
        answer.set("data", name.isEmpty() ? Json.object() : Json.object().putNull(name));
        answer.putArray("errors").add(error);
        return Answer.ok(answer);
    }
}
