package cloud.enact.doubles.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HubSpot's CRM objects, version 3: contacts and tasks. An address belongs to one contact; what is archived is not
 * found; every change sets the date of the last one; only the properties that are asked for are shown.
 */
public final class HubSpotDouble extends VendorServer {

    /** The token it knows. */
    public static final String TOKEN = "pat-eu1-000-hubspot";

    @Override
    boolean authorized(VendorRequest request) {
        return request.header("Authorization").equals("Bearer " + TOKEN);
    }

    @Override
    VendorReply unauthorized() {
        return error(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.");
    }

    @Override
    VendorReply limited() {
        return VendorReply.json(
                        429,
                        Map.of(
                                "status", "error",
                                "message", "You have reached your ten_secondly_rolling limit.",
                                "errorType", "RATE_LIMIT",
                                "policyName", "TEN_SECONDLY_ROLLING"))
                .with("Retry-After", String.valueOf(RETRY_AFTER));
    }

    @Override
    void touch(ObjectNode changed) {
        // to the millisecond, as the vendor says it
        String at = "2026-01-01T00:00:00.%03dZ".formatted(nextChange());
        properties(changed).put("lastmodifieddate", at).put("hs_lastmodifieddate", at);
        changed.put("updatedAt", at);
    }

    /** A property of a contact or task. */
    public @Nullable String property(String id, String name) {
        JsonNode found = find(id);
        return (found != null) ? found.at("/properties/" + name).asString(null) : null;
    }

    /** Adds a contact the way a person does; returns its id. */
    public synchronized String addContact(String email, String firstname) {
        return add("contacts", object().put("email", email).put("firstname", firstname))
                .get("id")
                .asString();
    }

    @Override
    VendorReply answer(VendorRequest request) {
        for (String type : List.of("contacts", "tasks")) {
            String objects = "/crm/v3/objects/" + type;
            Optional<List<String>> none = request.match("POST " + objects);
            if (none.isPresent()) {
                return create(type, request.json());
            }
            for (String method : List.of("GET", "PATCH", "DELETE")) {
                Optional<List<String>> one = request.match(method + " " + objects + "/*");
                if (one.isPresent()) {
                    return one(type, request, one.get().get(0));
                }
            }
        }
        return error(404, "OBJECT_NOT_FOUND", "No such resource");
    }

    private VendorReply create(String type, JsonNode body) {
        if (!(body.get("properties") instanceof ObjectNode properties)) {
            return error(400, "VALIDATION_ERROR", "Invalid input JSON: properties are missing");
        }
        if (type.equals("tasks") && !properties.hasNonNull("hs_timestamp")) {
            return error(400, "VALIDATION_ERROR", "Property values were not valid: hs_timestamp is required");
        }
        String email = properties.path("email").asString("");
        if (type.equals("contacts") && !email.isEmpty() && !email.contains("@")) {
            return error(400, "VALIDATION_ERROR", "Property values were not valid: Email address is invalid");
        }
        ObjectNode same = byEmail(email);
        if (same != null) {
            return error(
                    409,
                    "CONFLICT",
                    "Contact already exists. Existing ID: " + same.get("id").asString());
        }
        return VendorReply.json(201, add(type, properties));
    }

    private ObjectNode add(String type, ObjectNode properties) {
        String id = String.valueOf(5000 + nextChange());
        ObjectNode added = object().put("id", id).put("archived", false).put("type", type);
        added.set("properties", properties.deepCopy().put("hs_object_id", id));
        touch(added);
        records().put(id, added);
        return added;
    }

    private VendorReply one(String type, VendorRequest request, String key) {
        ObjectNode found = "email".equals(request.parameter("idProperty"))
                ? byEmail(key)
                : records().get(key);
        if (found == null || !found.get("type").asString().equals(type)) {
            // archiving what is archived is fine with it
            return request.method().equals("DELETE")
                    ? VendorReply.empty(204)
                    : error(404, "OBJECT_NOT_FOUND", "Object not found.  objectId are usually numeric.");
        }
        return switch (request.method()) {
            case "GET" -> VendorReply.json(200, shown(found, request.parameter("properties")));
            case "DELETE" -> {
                records().remove(found.get("id").asString());
                yield VendorReply.empty(204);
            }
            default -> update(found, request.json());
        };
    }

    private VendorReply update(ObjectNode found, JsonNode body) {
        JsonNode wanted = body.path("properties");
        ObjectNode same = byEmail(wanted.path("email").asString(""));
        if (same != null && same != found) {
            return error(
                    409,
                    "CONFLICT",
                    "Contact already exists. Existing ID: " + same.get("id").asString());
        }
        for (Map.Entry<String, JsonNode> property : wanted.properties()) {
            properties(found).set(property.getKey(), property.getValue());
        }
        touch(found);
        return VendorReply.json(200, found);
    }

    private @Nullable ObjectNode byEmail(String email) {
        return email.isEmpty()
                ? null
                : records().values().stream()
                        .filter(contact ->
                                contact.at("/properties/email").asString("").equalsIgnoreCase(email))
                        .findFirst()
                        .orElse(null);
    }

    /** Without a list it shows a few. */
    private static ObjectNode shown(ObjectNode found, @Nullable String names) {
        ObjectNode all = properties(found);
        ObjectNode shown = object();
        String wanted = Objects.requireNonNullElse(names, "email,firstname,lastname")
                + ",hs_object_id,lastmodifieddate,hs_lastmodifieddate";
        for (String name : wanted.split(",")) {
            shown.set(name, all.has(name) ? all.get(name) : all.nullNode());
        }
        ObjectNode copy = found.deepCopy();
        copy.set("properties", shown);
        return copy;
    }

    private static ObjectNode properties(ObjectNode found) {
        return (ObjectNode) found.get("properties");
    }

    private static VendorReply error(int status, String category, String message) {
        return VendorReply.json(
                status,
                Map.of("status", "error", "message", message, "correlationId", "a1b2c3d4", "category", category));
    }
}
