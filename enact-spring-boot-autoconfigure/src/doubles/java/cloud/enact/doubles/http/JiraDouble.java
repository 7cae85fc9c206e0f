package cloud.enact.doubles.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jira Cloud's issues, version 3. Descriptions are documents, not text; the status is changed by transitions only;
 * every change sets the date of the last one.
 */
public final class JiraDouble extends VendorServer {

    public static final String USER = "bot@example.org";

    /** The token it knows. */
    public static final String TOKEN = "ATATT-jira";

    /** Names of states by the id of the transition that leads there, from any other state. */
    private static final Map<String, String> TRANSITIONS = Map.of("11", "To Do", "21", "In Progress", "31", "Done");

    @Override
    boolean authorized(VendorRequest request) {
        String pair = USER + ":" + TOKEN;
        return request.header("Authorization")
                .equals("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    VendorReply unauthorized() {
        return errors(401, "Client must be authenticated to access this resource.");
    }

    @Override
    VendorReply limited() {
        return errors(429, "Rate limit exceeded.").with("Retry-After", String.valueOf(RETRY_AFTER));
    }

    @Override
    void touch(ObjectNode changed) {
        fields(changed).put("updated", "2026-01-01T00:00:00.%03d+0000".formatted(nextChange()));
    }

    /** Comments on an issue the way a person does. */
    public void comment(String key) {
        edit(key, issue -> {
            ObjectNode comment =
                    (ObjectNode) Objects.requireNonNull(fields(issue).get("comment"));
            comment.put("total", comment.get("total").asInt() + 1);
        });
    }

    @Override
    VendorReply answer(VendorRequest request) {
        if (request.match("POST /rest/api/3/issue").isPresent()) {
            return create(request.json());
        }
        for (String method : List.of("GET", "PUT", "DELETE")) {
            Optional<List<String>> issue = request.match(method + " /rest/api/3/issue/*");
            if (issue.isPresent()) {
                return one(request, issue.get().get(0));
            }
        }
        Optional<List<String>> transitions = request.match("POST /rest/api/3/issue/*/transitions");
        return transitions.isPresent()
                ? transition(transitions.get().get(0), request.json())
                : errors(404, "No such resource");
    }

    private VendorReply create(JsonNode body) {
        JsonNode fields = body.path("fields");
        ObjectNode wrong = object();
        if (!fields.at("/project/key").asString("").equals("OPS")) {
            wrong.put("project", "valid project is required");
        }
        if (fields.path("summary").asString("").isBlank()) {
            wrong.put("summary", "You must specify a summary of the issue.");
        }
        if (fields.at("/issuetype/name").asString("").isBlank()) {
            wrong.put("issuetype", "Specify an issue type");
        }
        checkDescription(fields, wrong);
        if (!wrong.isEmpty()) {
            return errors(400, wrong);
        }
        int number = nextChange();
        String key = "OPS-" + number;
        ObjectNode added = object().put("id", String.valueOf(10000 + number)).put("key", key);
        ObjectNode kept = ((ObjectNode) fields).deepCopy();
        kept.set("status", object().put("name", "To Do"));
        kept.putNull("assignee").putObject("comment").put("total", 0);
        added.set("fields", kept);
        touch(added);
        records().put(key, added);
        return VendorReply.json(
                201, object().put("id", added.get("id").asString()).put("key", key));
    }

    private VendorReply one(VendorRequest request, String key) {
        ObjectNode found = records().get(key);
        if (found == null) {
            return missing();
        }
        return switch (request.method()) {
            case "GET" -> VendorReply.json(200, asked(found, request.parameter("fields")));
            case "DELETE" -> {
                records().remove(key);
                yield VendorReply.empty(204);
            }
            default -> edit(found, request.json().path("fields"));
        };
    }

    private static ObjectNode asked(ObjectNode issue, @Nullable String names) {
        ObjectNode asked = issue.deepCopy();
        if (names != null) {
            fields(asked).retain(names.split(","));
        }
        return asked;
    }

    private VendorReply edit(ObjectNode found, JsonNode wanted) {
        ObjectNode wrong = object();
        if (wanted.has("status")) {
            wrong.put("status", "Field 'status' cannot be set. It is not on the appropriate screen, or unknown.");
        }
        checkDescription(wanted, wrong);
        if (!wrong.isEmpty()) {
            return errors(400, wrong);
        }
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            fields(found).set(field.getKey(), field.getValue());
        }
        touch(found);
        return VendorReply.empty(204);
    }

    private VendorReply transition(String key, JsonNode body) {
        ObjectNode found = records().get(key);
        if (found == null) {
            return missing();
        }
        String status = TRANSITIONS.get(body.at("/transition/id").asString(""));
        if (status == null || status.equals(found.at("/fields/status/name").asString())) {
            return errors(400, "It seems that you have tried to perform an illegal workflow operation");
        }
        fields(found).set("status", object().put("name", status));
        touch(found);
        return VendorReply.empty(204);
    }

    private static void checkDescription(JsonNode fields, ObjectNode wrong) {
        JsonNode description = fields.get("description");
        if (description != null
                && !description.isNull()
                && !description.path("type").asString("").equals("doc")) {
            wrong.put(
                    "description", "Operation value must be an Atlassian Document (see the Atlassian Document Format)");
        }
    }

    private static ObjectNode fields(ObjectNode issue) {
        return (ObjectNode) Objects.requireNonNull(issue.get("fields"));
    }

    private static VendorReply missing() {
        return errors(404, "Issue does not exist or you do not have permission to see it.");
    }

    private static VendorReply errors(int status, String message) {
        ObjectNode body = object();
        ArrayNode messages = body.putArray("errorMessages");
        messages.add(message);
        body.putObject("errors");
        return VendorReply.json(status, body);
    }

    private static VendorReply errors(int status, ObjectNode fields) {
        ObjectNode body = object();
        body.putArray("errorMessages");
        body.set("errors", fields);
        return VendorReply.json(status, body);
    }
}
