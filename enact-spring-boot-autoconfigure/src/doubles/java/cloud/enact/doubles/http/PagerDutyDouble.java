package cloud.enact.doubles.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * PagerDuty's incidents. Every change says on whose behalf it is; an open incident with the same key on the same
 * service is not opened twice; an incident is never deleted, and what is resolved stays resolved.
 */
public final class PagerDutyDouble extends VendorServer {

    /** The token it knows. */
    public static final String TOKEN = "pagerduty-key";

    /** The user it knows. */
    public static final String USER = "bot@example.org";

    /** The service it knows. */
    public static final String SERVICE = "PSERVICE";

    @Override
    boolean authorized(VendorRequest request) {
        return request.header("Authorization").equals("Token token=" + TOKEN);
    }

    @Override
    VendorReply unauthorized() {
        return error(401, 2006, "Unauthorized");
    }

    @Override
    VendorReply limited() {
        return error(429, 2020, "Rate Limit Exceeded").with("ratelimit-reset", String.valueOf(RETRY_AFTER));
    }

    @Override
    VendorReply answer(VendorRequest request) {
        if (!request.method().equals("GET") && !request.header("From").equals(USER)) {
            return error(400, 2100, "Requester User Not Found");
        }
        if (request.match("POST /incidents").isPresent()) {
            return create(request.json().path("incident"));
        }
        if (request.match("GET /incidents").isPresent()) {
            return list(String.valueOf(request.parameter("incident_key")));
        }
        for (String method : List.of("GET", "PUT")) {
            Optional<List<String>> incident = request.match(method + " /incidents/*");
            if (incident.isPresent()) {
                ObjectNode found = records().get(incident.get().get(0));
                if (found == null) {
                    return error(404, 2100, "Not Found");
                }
                return method.equals("GET")
                        ? shown(200, found)
                        : update(found, request.json().path("incident"));
            }
        }
        return error(404, 2100, "Not Found");
    }

    private VendorReply list(String key) {
        ObjectNode body = object();
        records().values().stream()
                .filter(incident -> incident.get("incident_key").asString().equals(key))
                .forEach(incident -> body.withArray("/incidents").add(incident));
        body.withArray("/incidents");
        return VendorReply.json(200, body);
    }

    private VendorReply create(JsonNode wanted) {
        if (!wanted.path("type").asString("").equals("incident")
                || wanted.path("title").asString("").isBlank()) {
            return error(400, 2001, "Invalid Input Provided", "Title cannot be empty.");
        }
        if (!wanted.at("/service/id").asString("").equals(SERVICE)) {
            return error(400, 2001, "Invalid Input Provided", "Service Not Found");
        }
        String key = wanted.path("incident_key").asString("");
        boolean open = records().values().stream()
                .anyMatch(incident -> incident.get("incident_key").asString().equals(key)
                        && !incident.get("status").asString().equals("resolved"));
        if (!key.isEmpty() && open) {
            return error(
                    400,
                    2001,
                    "Arguments Caused Error",
                    "Open incident with matching dedup key already exists on this service");
        }
        String id = "Q" + (1000 + nextChange());
        ObjectNode added = object().put("id", id).put("type", "incident").put("status", "triggered");
        added.put("title", wanted.get("title").asString()).put("incident_key", key.isEmpty() ? "k" + id : key);
        added.put("urgency", wanted.path("urgency").asString("high"));
        added.put("html_url", "https://example.pagerduty.com/incidents/" + id);
        records().put(id, added);
        return shown(201, added);
    }

    private VendorReply update(ObjectNode found, JsonNode wanted) {
        if (!wanted.path("type").asString("").startsWith("incident")) {
            return error(400, 2001, "Invalid Input Provided", "Type is invalid");
        }
        String status = wanted.path("status").asString(found.get("status").asString());
        if (found.get("status").asString().equals("resolved")) {
            return error(400, 2001, "Invalid Input Provided", "Incident Already Resolved");
        }
        if (wanted.has("status") && !List.of("acknowledged", "resolved").contains(status)) {
            return error(400, 2001, "Invalid Input Provided", "Status is invalid");
        }
        found.put("status", status);
        for (String field : List.of("title", "urgency")) {
            if (wanted.has(field)) {
                found.set(field, wanted.get(field));
            }
        }
        return shown(200, found);
    }

    private static VendorReply shown(int status, ObjectNode incident) {
        return VendorReply.json(status, Map.of("incident", incident));
    }

    private static VendorReply error(int status, int code, String message, String... errors) {
        return VendorReply.json(
                status, Map.of("error", Map.of("message", message, "code", code, "errors", List.of(errors))));
    }
}
