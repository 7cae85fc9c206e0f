package cloud.enact.doubles.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Zendesk's tickets. A request with a key that it knows is answered as the first one was; a safe update says when the
 * ticket was changed last, and is refused when that is not so any more; comments are added, never set.
 */
public final class ZendeskDouble extends VendorServer {

    public static final String USER = "bot@example.org";

    /** The token it knows. */
    public static final String TOKEN = "zendesk-token";

    private static final Set<String> PRIORITIES = Set.of("low", "normal", "high", "urgent");

    private final Map<String, VendorReply> answered = new HashMap<>();

    private final Map<String, String> bodies = new HashMap<>();

    @Override
    boolean authorized(VendorRequest request) {
        String pair = USER + "/token:" + TOKEN;
        return request.header("Authorization")
                .equals("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    VendorReply unauthorized() {
        return VendorReply.json(401, Map.of("error", "Couldn't authenticate you"));
    }

    @Override
    VendorReply limited() {
        return VendorReply.json(
                        429,
                        Map.of(
                                "error",
                                "APIRateLimitExceeded",
                                "description",
                                "Number of allowed API requests per minute exceeded"))
                .with("Retry-After", String.valueOf(RETRY_AFTER));
    }

    @Override
    void touch(ObjectNode changed) {
        changed.put("updated_at", "2026-01-01T00:00:%02dZ".formatted(nextChange() % 60));
    }

    @Override
    VendorReply answer(VendorRequest request) {
        if (request.match("POST /api/v2/tickets").isPresent()) {
            return once(request);
        }
        for (String method : List.of("GET", "PUT", "DELETE")) {
            Optional<List<String>> ticket = request.match(method + " /api/v2/tickets/*");
            if (ticket.isPresent()) {
                return one(request, ticket.get().get(0));
            }
        }
        return missing();
    }

    /** Comments on a ticket the way a person does. */
    public void comment(String id, String text) {
        edit(id, ticket -> ticket.withArray("/comments").add(text));
    }

    private VendorReply once(VendorRequest request) {
        String key = request.header("Idempotency-Key");
        if (key.isEmpty()) {
            return create(request.json());
        }
        VendorReply first = this.answered.get(key);
        if (first == null) {
            VendorReply reply = create(request.json());
            this.answered.put(key, reply.with("x-idempotency-lookup", "hit"));
            this.bodies.put(key, request.body());
            return reply.with("x-idempotency-lookup", "miss");
        }
        return request.body().equals(this.bodies.get(key))
                ? first
                : VendorReply.json(
                        400,
                        Map.of(
                                "error",
                                "IdempotentRequestError",
                                "description",
                                "The request parameters do not match those of the first request with this key"));
    }

    private VendorReply create(JsonNode body) {
        JsonNode wanted = body.path("ticket");
        if (wanted.at("/comment/body").asString("").isBlank()) {
            return invalid("description", "Description: cannot be blank");
        }
        if (wanted.hasNonNull("priority")
                && !PRIORITIES.contains(wanted.get("priority").asString())) {
            return invalid("priority", "Priority: is not valid");
        }
        String id = String.valueOf(100 + nextChange());
        ObjectNode added = object();
        added.put("id", Long.parseLong(id))
                .put("status", "new")
                .putNull("priority")
                .putNull("assignee_id");
        added.put("url", url() + "/api/v2/tickets/" + id + ".json");
        put(added, wanted);
        touch(added);
        records().put(id, added);
        return VendorReply.json(201, Map.of("ticket", shown(added)));
    }

    private VendorReply one(VendorRequest request, String id) {
        ObjectNode found = records().get(id);
        if (found == null) {
            return missing();
        }
        return switch (request.method()) {
            case "GET" -> VendorReply.json(200, Map.of("ticket", looked(found, request)));
            case "DELETE" -> {
                records().remove(id);
                yield VendorReply.empty(204);
            }
            default -> update(found, request.json().path("ticket"));
        };
    }

    private VendorReply update(ObjectNode found, JsonNode wanted) {
        if (wanted.path("safe_update").asBoolean(false)
                && !wanted.path("updated_stamp")
                        .asString("")
                        .equals(found.get("updated_at").asString())) {
            return VendorReply.json(
                    409,
                    Map.of(
                            "error",
                            "UpdateConflict",
                            "description",
                            "Safe Update prevented the update due to outdated ticket data"));
        }
        if (found.get("status").asString().equals("closed")) {
            return invalid("status", "Status: closed prevents ticket update");
        }
        put(found, wanted);
        touch(found);
        return VendorReply.json(200, Map.of("ticket", shown(found)));
    }

    private static void put(ObjectNode ticket, JsonNode wanted) {
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            switch (field.getKey()) {
                case "comment" ->
                    ticket.withArray("/comments")
                            .add(field.getValue().path("body").asString(""));
                case "safe_update", "updated_stamp" -> {
                    // about the update, not the ticket
                }
                default -> ticket.set(field.getKey(), field.getValue());
            }
        }
    }

    private static ObjectNode looked(ObjectNode ticket, VendorRequest request) {
        ObjectNode looked = shown(ticket);
        if ("comment_count".equals(request.parameter("include"))) {
            looked.put("comment_count", ticket.path("comments").size());
        }
        return looked;
    }

    /** Comments have a resource of their own, and are counted for those who ask. */
    private static ObjectNode shown(ObjectNode ticket) {
        ObjectNode shown = ticket.deepCopy();
        shown.remove("comments");
        return shown;
    }

    private static VendorReply missing() {
        return VendorReply.json(404, Map.of("error", "RecordNotFound", "description", "Not found"));
    }

    private static VendorReply invalid(String field, String description) {
        return VendorReply.json(
                422,
                Map.of(
                        "error", "RecordInvalid",
                        "description", "Record validation errors",
                        "details", Map.of(field, List.of(Map.of("description", description)))));
    }
}
