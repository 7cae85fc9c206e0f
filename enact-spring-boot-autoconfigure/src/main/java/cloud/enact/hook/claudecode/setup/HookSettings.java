package cloud.enact.hook.claudecode.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Settings with the hooks of the guard, and without; all else in them stays as it is. */
public final class HookSettings {

    private static final String HOOKS = "hooks";

    private static final String URLS = "allowedHttpHookUrls";

    private static final String VARIABLES = "httpHookAllowedEnvVars";

    private static final String VERSION = "requiredMinimumVersion";

    private static final List<String> SWITCHES = List.of("allowManagedHooksOnly", VERSION, URLS);

    private HookSettings() {}

    /** Settings that ask a guard, and keep what else they say. */
    public static ObjectNode with(ObjectNode settings, GuardAddress address, AgentVersion version, Scope scope) {
        ObjectNode result = settings.deepCopy();
        ObjectNode hooks = object(result, HOOKS);
        for (WantedHooks.Event event : WantedHooks.EVENTS) {
            ArrayNode entries = array(hooks, event.name());
            ObjectNode wanted = event.entry(address, version);
            ArrayNode merged = JsonNodeFactory.instance.arrayNode();
            int place = -1;
            for (JsonNode entry : entries) {
                Optional<JsonNode> others = withoutGuard(entry);
                if (place < 0 && !others.equals(Optional.of(entry))) {
                    place = merged.size();
                }
                others.ifPresent(merged::add);
            }
            merged.insert((place < 0) ? merged.size() : place, wanted);
            hooks.set(event.name(), merged);
        }
        if (scope == Scope.MANAGED) {
            lock(result, address);
        }
        return result;
    }

    /** Nobody but the administrator of the machine has a say in these. */
    private static void lock(ObjectNode settings, GuardAddress address) {
        settings.put("allowManagedHooksOnly", true);
        object(settings, "permissions").put("disableBypassPermissionsMode", "disable");
        ArrayNode urls = array(settings, URLS);
        if (!contains(urls, address.toString())) {
            urls.add(address.toString());
        }
        if (settings.has(VARIABLES)) {
            ArrayNode variables = array(settings, VARIABLES);
            if (!contains(variables, WantedHooks.TOKEN)) {
                variables.add(WantedHooks.TOKEN);
            }
        }
        boolean newer = AgentVersion.parse(settings.path(VERSION).asString(""))
                .filter(AgentVersion::failsClosed)
                .isPresent();
        if (!newer) {
            settings.put(VERSION, AgentVersion.FAILS_CLOSED.toString());
        }
    }

    /** Settings that ask no guard; switches of administrators stay, because others may rely on them. */
    public static ObjectNode without(ObjectNode settings) {
        ObjectNode result = settings.deepCopy();
        if (!result.has(HOOKS)) {
            return result;
        }
        ObjectNode hooks = object(result, HOOKS);
        boolean changed = false;
        for (String event : List.copyOf(hooks.propertyNames())) {
            if (!(hooks.get(event) instanceof ArrayNode entries)) {
                continue;
            }
            ArrayNode others = JsonNodeFactory.instance.arrayNode();
            entries.forEach(entry -> withoutGuard(entry).ifPresent(others::add));
            if (others.equals(entries)) {
                continue;
            }
            changed = true;
            if (others.isEmpty()) {
                hooks.remove(event);
            } else {
                hooks.set(event, others);
            }
        }
        if (changed && hooks.isEmpty()) {
            result.remove(HOOKS);
        }
        return result;
    }

    /** Names of switches of administrators that stand there. */
    public static List<String> switches(ObjectNode settings) {
        List<String> names = new ArrayList<>(SWITCHES);
        names.removeIf(name -> !settings.has(name));
        if (settings.path("permissions").has("disableBypassPermissionsMode")) {
            names.add("permissions.disableBypassPermissionsMode");
        }
        return names;
    }

    /** Whether no hook runs at all. */
    public static boolean disabled(ObjectNode settings) {
        return settings.path("disableAllHooks").asBoolean(false);
    }

    /** An entry without hooks of a guard, or nothing when none is left; what has another form stays. */
    private static Optional<JsonNode> withoutGuard(JsonNode entry) {
        if (!(entry instanceof ObjectNode group) || !(group.get(HOOKS) instanceof ArrayNode hooks)) {
            return Optional.of(entry);
        }
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        for (JsonNode hook : hooks) {
            if (!isOfGuard(hook)) {
                others.add(hook);
            }
        }
        if (others.size() == hooks.size()) {
            return Optional.of(entry);
        }
        if (others.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode rest = group.deepCopy();
        rest.set(HOOKS, others);
        return Optional.of(rest);
    }

    static boolean isOfGuard(JsonNode hook) {
        return hook.path("type").asString("").equals("http")
                && GuardAddress.isOfGuard(hook.path("url").asString(""));
    }

    static boolean contains(JsonNode texts, String text) {
        for (JsonNode each : texts) {
            if (each.isString() && each.asString().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        JsonNode there = parent.get(name);
        if (there == null) {
            return parent.putObject(name);
        }
        if (there instanceof ObjectNode object) {
            return object;
        }
        throw new SetupException(
                "'" + name + "' is no object in the settings; correct that first, nothing was changed");
    }

    private static ArrayNode array(ObjectNode parent, String name) {
        JsonNode there = parent.get(name);
        if (there == null) {
            return parent.putArray(name);
        }
        if (there instanceof ArrayNode array) {
            return array;
        }
        throw new SetupException("'" + name + "' is no list in the settings; correct that first, nothing was changed");
    }
}
