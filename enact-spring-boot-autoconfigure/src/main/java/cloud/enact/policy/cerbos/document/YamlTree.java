package cloud.enact.policy.cerbos.document;

import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.file.YamlScalar;
import cloud.enact.policy.file.YamlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads YAML from somebody who may be hostile as files of this format want it: aliases and merge keys are resolved, and
 * what they multiply is bounded; every number is a double.
 */
public final class YamlTree {

    private static final int MOST_ALIASES = 50;

    /** Aliases put one tree into another. */
    private static final int DEEPEST = 200;

    private static final int MOST_NODES = 100_000;

    private final String file;

    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private int nodes;

    private YamlTree(String file) {
        this.file = file;
    }

    /**
     * Reads the documents of a file that hold anything.
     *
     * @throws PolicyFileException when it is not YAML, or YAML that is not allowed here
     */
    public static List<YamlNode> read(String file, String text) {
        List<YamlNode> documents = new ArrayList<>();
        for (Node node : YamlText.documents(new PolicyFile(file, text), MOST_ALIASES)) {
            YamlNode document = new YamlTree(file).node(node);
            if (!document.isNull()) {
                documents.add(document);
            }
        }
        return documents;
    }

    private YamlNode node(Node node) {
        int line = node.getStartMark().getLine() + 1;
        if (++this.nodes > MOST_NODES || this.open.size() == DEEPEST || !this.open.add(node)) {
            throw new YamlNode(this.file, line, null)
                    .wrong(
                            "an alias (*name) makes the file too large or too deep, or refers to itself",
                            "Write the values out where they belong.");
        }
        Object content = content(node);
        this.open.remove(node);
        return new YamlNode(this.file, line, content);
    }

    private @Nullable Object content(Node node) {
        if (node instanceof ScalarNode scalar) {
            Object value = YamlScalar.valueOf(scalar);
            return (value instanceof Number number) ? (Object) number.doubleValue() : value;
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(this::node).toList();
        }
        Map<String, YamlNode> own = new LinkedHashMap<>();
        Map<String, YamlNode> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            YamlNode key = node(tuple.getKeyNode());
            YamlNode value = node(tuple.getValueNode());
            String name = keyText(tuple.getKeyNode(), key);
            if (name.equals("<<")) {
                merge(value, merged);
            } else if (own.put(name, value) != null) {
                throw key.wrong("'" + name + "' is given twice", "Give it once.");
            }
        }
        // what a map says itself wins over what is merged into it
        merged.putAll(own);
        return Collections.unmodifiableMap(merged);
    }

    private static String keyText(Node node, YamlNode key) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw key.wrong("a key must be a text", "Write it as key: value.");
    }

    private static void merge(YamlNode value, Map<String, YamlNode> merged) {
        if (value.isMap()) {
            value.members("<<").forEach(merged::putIfAbsent);
        } else {
            value.elements("<<").forEach(element -> element.members("<<").forEach(merged::putIfAbsent));
        }
    }
}
