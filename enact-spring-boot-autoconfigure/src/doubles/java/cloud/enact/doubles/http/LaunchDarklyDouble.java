package cloud.enact.doubles.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * LaunchDarkly's feature flags: one project, {@code shop}, with environments {@code production} and {@code test}. Flags
 * are changed by semantic patches, which are told by their content type; every change of a flag in an environment
 * counts up its version there.
 */
public final class LaunchDarklyDouble extends VendorServer {

    /** The token it knows. */
    public static final String TOKEN = "api-launchdarkly";

    private static final String FLAG = "/api/v2/flags/shop/*";

    /** Adds a flag that is off everywhere. */
    public synchronized void addFlag(String key) {
        ObjectNode flag = object().put("key", key).put("_version", 1);
        ObjectNode environments = flag.putObject("environments");
        for (String environment : List.of("production", "test")) {
            environments.putObject(environment).put("on", false).put("version", 1);
        }
        records().put(key, flag);
    }

    /** Turns a flag the way a person does. */
    public void turn(String key, String environment, boolean on) {
        edit(key, flag -> turn(flag, environment, on));
    }

    public boolean isOn(String key, String environment) {
        JsonNode found = find(key);
        return found != null && found.at("/environments/" + environment + "/on").asBoolean();
    }

    @Override
    boolean authorized(VendorRequest request) {
        return request.header("Authorization").equals(TOKEN);
    }

    @Override
    VendorReply unauthorized() {
        return error(401, "unauthorized", "Invalid access token");
    }

    @Override
    VendorReply limited() {
        return error(429, "rate_limited", "You've exceeded the API rate limit. Try again later.")
                .with("Retry-After", String.valueOf(RETRY_AFTER));
    }

    @Override
    VendorReply answer(VendorRequest request) {
        for (String method : List.of("GET", "PATCH")) {
            Optional<List<String>> match = request.match(method + " " + FLAG);
            if (match.isPresent()) {
                String key = match.get().get(0);
                ObjectNode flag = records().get(key);
                if (flag == null) {
                    return error(404, "not_found", "Unknown flag key '" + key + "'");
                }
                return method.equals("GET")
                        ? VendorReply.json(200, shown(flag, request.parameter("env")))
                        : patch(request, flag);
            }
        }
        return error(404, "not_found", "Unknown resource");
    }

    /** All environments, unless one is asked for. */
    private static ObjectNode shown(ObjectNode flag, @Nullable String environment) {
        ObjectNode shown = flag.deepCopy();
        if (environment != null) {
            ((ObjectNode) shown.get("environments")).retain(environment);
        }
        return shown;
    }

    private VendorReply patch(VendorRequest request, ObjectNode flag) {
        if (!request.header("Content-Type").contains("domain-model=launchdarkly.semanticpatch")) {
            return error(400, "invalid_request", "Invalid patch: a list of operations was expected");
        }
        JsonNode body = request.json();
        String environment = body.path("environmentKey").asString("");
        if (!flag.get("environments").has(environment)) {
            return error(400, "invalid_request", "environmentKey is required for this instruction");
        }
        for (JsonNode instruction : body.path("instructions")) {
            switch (instruction.path("kind").asString("")) {
                case "turnFlagOn" -> turn(flag, environment, true);
                case "turnFlagOff" -> turn(flag, environment, false);
                default -> {
                    return error(400, "invalid_request", "Unknown instruction kind");
                }
            }
        }
        return VendorReply.json(200, flag);
    }

    private static void turn(ObjectNode flag, String environment, boolean on) {
        ObjectNode there = (ObjectNode) flag.get("environments").get(environment);
        if (there.get("on").asBoolean() != on) {
            there.put("on", on).put("version", there.get("version").asInt() + 1);
            flag.put("_version", flag.get("_version").asInt() + 1);
        }
    }

    private static VendorReply error(int status, String code, String message) {
        return VendorReply.json(status, Map.of("code", code, "message", message));
    }
}
