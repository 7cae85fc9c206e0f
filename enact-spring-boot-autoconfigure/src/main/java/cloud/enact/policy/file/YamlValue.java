package cloud.enact.policy.file;

import cloud.enact.policy.NearestName;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in a YAML file, and where it stands. Whoever asks for another type than it has gets a clear refusal. */
public final class YamlValue {

    private final String file;

    private final Node node;

    private final int line;

    private YamlValue(String file, Node node) {
        this(file, node, node.getStartMark().getLine() + 1);
    }

    private YamlValue(String file, Node node, int line) {
        this.file = file;
        this.node = node;
        this.line = line;
    }

    /**
     * The documents of a file from somebody who may be hostile. Lists and maps can't be referred to a second time, so
     * the tree is not larger than the text.
     *
     * @throws PolicyFileException when it is not YAML, or YAML that is not allowed here
     */
    public static List<YamlValue> documents(PolicyFile file) {
        return YamlText.documents(file, 0).stream()
                .map(node -> new YamlValue(file.name(), node))
                .toList();
    }

    /** What messages call the file. */
    public String file() {
        return this.file;
    }

    /** The line it begins in, from 1; for a member of a map that of its key. */
    public int line() {
        return this.line;
    }

    /** Whether nothing is written. */
    public boolean isNull() {
        return isScalar() && value() == null;
    }

    /** Whether it is a text, a number, a truth value or nothing. */
    public boolean isScalar() {
        return this.node instanceof ScalarNode;
    }

    /**
     * The members of a map.
     *
     * @param what what the map is, for messages
     * @param known the keys that it may have
     */
    public Map<String, YamlValue> members(String what, List<String> known) {
        Map<String, YamlValue> members = members(what);
        members.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.wrong("'" + key + "' is no key of " + what, new NearestName(known).hint(key));
            }
        });
        return members;
    }

    /** The members of a map, whatever its keys are. */
    public Map<String, YamlValue> members(String what) {
        if (!(this.node instanceof MappingNode map) || !Tag.MAP.equals(map.getTag())) {
            throw wrong(what + " must be a map", "Write it as key: value.");
        }
        Map<String, YamlValue> members = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            YamlValue key = new YamlValue(this.file, tuple.getKeyNode());
            if (members.put(key.text("a key"), new YamlValue(this.file, tuple.getValueNode(), key.line)) != null) {
                throw key.wrong("'" + key.text("a key") + "' is given twice", "Give it once.");
            }
        }
        return members;
    }

    /** The elements of a list. */
    public List<YamlValue> elements(String what) {
        if (!(this.node instanceof SequenceNode list) || !Tag.SEQ.equals(list.getTag())) {
            throw wrong(what + " must be a list", "Write each element in a line of its own, with a dash in front.");
        }
        return list.getValue().stream()
                .map(element -> new YamlValue(this.file, element))
                .toList();
    }

    /** A single value as it is written, even when it looks like a number. */
    public String text(String what) {
        String text = scalar();
        if (text == null || isNull()) {
            throw wrong(what + " must be a text", "Give it one value.");
        }
        return text;
    }

    /** A list of texts, or a single one. */
    public List<String> texts(String what) {
        return isScalar()
                ? List.of(text(what))
                : elements(what).stream()
                        .map(element -> element.text("an element of " + what))
                        .toList();
    }

    /** The value as JSON has it: a map, a list, a text, a number, a truth value, or {@code null}. */
    public @Nullable Object value() {
        if (scalar() != null) {
            return YamlScalar.valueOf((ScalarNode) this.node);
        }
        if (this.node instanceof MappingNode) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            members("this").forEach((key, value) -> map.put(key, value.value()));
            return map;
        }
        List<@Nullable Object> list = new ArrayList<>();
        elements("this").forEach(element -> list.add(element.value()));
        return list;
    }

    /** Makes the exception that says what is wrong with it. */
    public PolicyFileException wrong(String what, String remedy) {
        return new PolicyFileException(this.file, line(), what, remedy);
    }

    private @Nullable String scalar() {
        if (!(this.node instanceof ScalarNode scalar)) {
            return null;
        }
        if (!Tag.STR.equals(scalar.getTag())) {
            throw wrong("the tag " + scalar.getTag().getValue() + " is not allowed", "Remove the tag.");
        }
        return scalar.getValue();
    }
}
