package cloud.enact.doubles.http;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cloudflare's DNS records of one zone. Every answer says whether it was a success, and errors come in a list with
 * codes; a record that is the same as another one is refused; a new one gets a new id; what is
 * proxied has the automatic time to live.
 */
public final class CloudflareDouble extends VendorServer {

    /** The token it knows. */
    public static final String TOKEN = "cloudflare-token";

    /** The zone it knows. */
    public static final String ZONE = "023e105f4ecef8ad9ca31a8372d0c353";

    private static final String RECORDS = "/client/v4/zones/" + ZONE + "/dns_records";

    private static final List<String> FIELDS =
            List.of("type", "name", "content", "ttl", "proxied", "comment", "priority");

    @Override
    boolean authorized(VendorRequest request) {
        return request.header("Authorization").equals("Bearer " + TOKEN);
    }

    @Override
    VendorReply unauthorized() {
        return error(403, 10000, "Authentication error");
    }

    @Override
    VendorReply limited() {
        return error(429, 971, "Please wait and consider throttling your request speed")
                .with("Retry-After", String.valueOf(RETRY_AFTER));
    }

    @Override
    void touch(ObjectNode changed) {
        changed.put("modified_on", "2026-01-01T00:00:00.%06dZ".formatted(nextChange()));
    }

    /** Adds a record the way a person does; returns its id. */
    public synchronized String addRecord(String type, String name, String content) {
        return add(object().put("type", type).put("name", name).put("content", content))
                .get("id")
                .asString();
    }

    @Override
    VendorReply answer(VendorRequest request) {
        if (request.match("POST " + RECORDS).isPresent()) {
            return create(request.json());
        }
        if (request.match("GET " + RECORDS).isPresent()) {
            return list(request);
        }
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            Optional<List<String>> match = request.match(method + " " + RECORDS + "/*");
            if (match.isPresent()) {
                return one(request, match.get().get(0));
            }
        }
        return error(
                404, 7003, "Could not route to " + request.path() + ", perhaps your object identifier is invalid?");
    }

    private VendorReply list(VendorRequest request) {
        ObjectNode body = object().put("success", true);
        body.putArray("errors");
        ArrayNode found = body.putArray("result");
        records().values().stream()
                .filter(entry -> List.of("type", "name", "content", "comment").stream()
                        .allMatch(field -> matches(entry, field, request)))
                .forEach(found::add);
        return VendorReply.json(200, body);
    }

    private static boolean matches(ObjectNode entry, String field, VendorRequest request) {
        String wanted = request.parameter(field.equals("type") ? field : field + ".exact");
        return wanted == null || wanted.equals(entry.get(field).asString(""));
    }

    private VendorReply create(JsonNode wanted) {
        VendorReply wrong = wrong(wanted, null);
        return (wrong != null) ? wrong : success(add(wanted));
    }

    private ObjectNode add(JsonNode wanted) {
        ObjectNode added = object().put("ttl", 1).put("proxied", false).putNull("comment");
        put(added, wanted);
        String id = "%032x".formatted(0x372e6795L + nextChange());
        added.put("id", id);
        touch(added);
        records().put(id, added);
        return added;
    }

    private VendorReply one(VendorRequest request, String id) {
        ObjectNode found = records().get(id);
        if (found == null) {
            return error(404, 81044, "Record does not exist.");
        }
        return switch (request.method()) {
            case "GET" -> success(found);
            case "DELETE" -> {
                records().remove(id);
                yield success(object().put("id", id));
            }
            default -> {
                ObjectNode changed = found.deepCopy();
                put(changed, request.json());
                VendorReply wrong = wrong(changed, found);
                if (wrong == null) {
                    put(found, changed);
                    touch(found);
                }
                yield (wrong != null) ? wrong : success(found);
            }
        };
    }

    private @Nullable VendorReply wrong(JsonNode wanted, @Nullable ObjectNode itself) {
        String type = wanted.path("type").asString("");
        String content = wanted.path("content").asString("");
        if (type.isEmpty() || wanted.path("name").asString("").isEmpty()) {
            return error(400, 9000, "DNS name is invalid.");
        }
        if (content.isEmpty() || (type.equals("A") && !content.matches("[0-9.]+"))) {
            return error(400, 9005, "Content for A record must be a valid IPv4 address.");
        }
        boolean twin = records().values().stream()
                .filter(other -> other != itself)
                .anyMatch(other -> List.of("type", "name", "content").stream()
                        .allMatch(field -> other.get(field).equals(wanted.get(field))));
        return twin ? error(400, 81058, "An identical record already exists.") : null;
    }

    private static void put(ObjectNode record, JsonNode wanted) {
        for (String field : FIELDS) {
            if (wanted.has(field)) {
                record.set(field, wanted.get(field));
            }
        }
        if (record.path("proxied").asBoolean(false)) {
            record.put("ttl", 1);
        }
    }

    private static VendorReply success(ObjectNode result) {
        ObjectNode body = object().put("success", true);
        body.putArray("errors");
        body.putArray("messages");
        body.set("result", result);
        return VendorReply.json(200, body);
    }

    private static VendorReply error(int status, int code, String message) {
        ObjectNode body = object().put("success", false).putNull("result");
        body.putArray("errors").addObject().put("code", code).put("message", message);
        body.putArray("messages");
        return VendorReply.json(status, body);
    }
}
