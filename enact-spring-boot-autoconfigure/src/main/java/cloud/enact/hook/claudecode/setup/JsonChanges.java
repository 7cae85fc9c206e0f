package cloud.enact.hook.claudecode.setup;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What differs between two settings, line by line: where it stands, and what stood or will stand there. */
public final class JsonChanges {

    private final List<String> lines = new ArrayList<>();

    private JsonChanges() {}

    /** The lines of what differs; secrets that stand in headers and variables are left out. */
    public static List<String> between(ObjectNode before, ObjectNode after) {
        JsonChanges changes = new JsonChanges();
        changes.compare("", before, after);
        return List.copyOf(changes.lines);
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof ObjectNode former && after instanceof ObjectNode later) {
            Set<String> names = new LinkedHashSet<>(former.propertyNames());
            names.addAll(later.propertyNames());
            for (String name : names) {
                String member = path.isEmpty() ? name : path + "." + name;
                if (!later.has(name)) {
                    whole("-", member, former.get(name));
                } else if (!former.has(name)) {
                    whole("+", member, later.get(name));
                } else {
                    compare(member, former.get(name), later.get(name));
                }
            }
        } else if (before instanceof ArrayNode former && after instanceof ArrayNode later) {
            elements(path, former, later);
        } else {
            line("-", path, before);
            line("+", path, after);
        }
    }

    private void elements(String path, ArrayNode before, ArrayNode after) {
        int start = 0;
        while (start < before.size()
                && start < after.size()
                && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < before.size() - start
                && end < after.size() - start
                && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        for (int i = start; i < before.size() - end; i++) {
            line("-", path + "[" + i + "]", before.get(i));
        }
        for (int i = start; i < after.size() - end; i++) {
            line("+", path + "[" + i + "]", after.get(i));
        }
    }

    /** A line for each event rather than one for all. */
    private void whole(String sign, String path, JsonNode value) {
        if (path.equals("hooks") && value instanceof ObjectNode hooks && !hooks.isEmpty()) {
            hooks.properties().forEach(event -> line(sign, path + "." + event.getKey(), event.getValue()));
        } else {
            line(sign, path, value);
        }
    }

    private void line(String sign, String path, JsonNode value) {
        JsonNode shown = value.deepCopy();
        hide(shown, path.equals("env") || path.startsWith("env."));
        boolean secret = !value.isContainer() && path.startsWith("env.");
        this.lines.add(sign + " " + path + ": " + (secret ? "(hidden)" : shown));
    }

    private static void hide(JsonNode node, boolean secret) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode value = object.get(name);
                if (secret && value.isString() && value.asString().indexOf('$') < 0) {
                    object.put(name, "(hidden)");
                } else {
                    hide(value, secret || name.equals("headers") || name.equals("env"));
                }
            }
        } else {
            node.forEach(each -> hide(each, secret));
        }
    }
}
