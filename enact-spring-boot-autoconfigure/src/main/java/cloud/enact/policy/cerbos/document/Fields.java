package cloud.enact.policy.cerbos.document;

import cloud.enact.policy.NearestName;
import cloud.enact.policy.PolicyFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a message, each of which must be known. Names may be written in camelCase or in snake_case. */
final class Fields {

    private final YamlNode node;

    private final Map<String, YamlNode> values = new HashMap<>();

    Fields(YamlNode node, String what, List<String> known) {
        this.node = node;
        node.members(what).forEach((key, value) -> {
            String name = camelCase(key);
            if (!known.contains(name)) {
                throw value.wrong("'" + key + "' is no field of " + what, new NearestName(known).hint(name));
            }
            if (!value.isNull() && this.values.put(name, value) != null) {
                throw value.wrong("'" + key + "' is given twice", "Give it once.");
            }
        });
    }

    boolean has(String name) {
        return this.values.containsKey(name);
    }

    @Nullable
    YamlNode get(String name) {
        return this.values.get(name);
    }

    YamlNode require(String name) {
        YamlNode value = this.values.get(name);
        if (value == null) {
            throw wrong("'" + name + "' is missing", "Add it.");
        }
        return value;
    }

    String text(String name) {
        YamlNode value = this.values.get(name);
        return (value != null) ? value.text("'" + name + "'") : "";
    }

    @Nullable
    Located located(String name) {
        YamlNode value = this.values.get(name);
        return (value != null) ? value.located("'" + name + "'") : null;
    }

    List<YamlNode> list(String name) {
        YamlNode value = this.values.get(name);
        return (value != null) ? value.elements("'" + name + "'") : List.of();
    }

    List<String> texts(String name) {
        return list(name).stream()
                .map(element -> element.text("an element of '" + name + "'"))
                .toList();
    }

    List<Located> locatedTexts(String name) {
        return list(name).stream()
                .map(element -> element.located("an element of '" + name + "'"))
                .toList();
    }

    Map<String, YamlNode> map(String name) {
        YamlNode value = this.values.get(name);
        return (value != null) ? value.members("'" + name + "'") : Map.of();
    }

    PolicyFileException wrong(String what, String remedy) {
        return this.node.wrong(what, remedy);
    }

    private static String camelCase(String key) {
        int underscore = key.indexOf('_');
        if (underscore < 0) {
            return key;
        }
        StringBuilder name = new StringBuilder();
        for (String word : key.split("_", -1)) {
            boolean capital = name.length() > 0 && !word.isEmpty();
            name.append(capital ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word);
        }
        return name.toString();
    }
}
