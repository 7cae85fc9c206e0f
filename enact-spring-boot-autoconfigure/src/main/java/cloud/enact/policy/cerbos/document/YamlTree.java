package cloud.enact.policy.cerbos.document;

import cloud.enact.policy.PolicyFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML from somebody who may be hostile, without making any object of it. Size, depth and what aliases multiply
 * are bounded. Plain scalars are read as YAML 1.2 does.
 */
public final class YamlTree {

    private static final int LARGEST_FILE = 1024 * 1024;

    private static final int DEEPEST = 60;

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
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_FILE);
        options.setNestingDepthLimit(DEEPEST);
        options.setProcessComments(false);
        try {
            Composer composer =
                    new Composer(new ParserImpl(new StreamReader(text), options), new PlainTexts(), options);
            List<YamlNode> documents = new ArrayList<>();
            while (composer.checkNode()) {
                YamlNode document = new YamlTree(file).node(composer.getNode());
                if (!document.isNull()) {
                    documents.add(document);
                }
            }
            return documents;
        } catch (YAMLException | StackOverflowError ex) {
            throw refused(file, ex);
        }
    }

    private YamlNode node(Node node) {
        int line = node.getStartMark().getLine() + 1;
        if (++this.nodes > MOST_NODES || !this.open.add(node)) {
            throw new YamlNode(this.file, line, null)
                    .wrong(
                            "an alias (*name) makes the file too large or refers to itself",
                            "Write the values out where they belong.");
        }
        Object content = content(node);
        this.open.remove(node);
        return new YamlNode(this.file, line, content);
    }

    private @Nullable Object content(Node node) {
        if (node instanceof ScalarNode scalar) {
            return (scalar.getScalarStyle() == ScalarStyle.PLAIN) ? ofPlain(scalar.getValue()) : scalar.getValue();
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

    private static @Nullable Object ofPlain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> Boolean.TRUE;
            case "false", "False", "FALSE" -> Boolean.FALSE;
            default -> looksLikeNumber(text) ? number(text) : text;
        };
    }

    private static boolean looksLikeNumber(String text) {
        char first = text.charAt(0);
        return (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.')
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
    }

    private static Object number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException ex) {
            return text;
        }
    }

    private static PolicyFileException refused(String file, Throwable failure) {
        if (failure instanceof MarkedYAMLException marked) {
            Mark mark = marked.getProblemMark();
            return new PolicyFileException(
                    file,
                    (mark != null) ? mark.getLine() + 1 : 0,
                    "this is no valid YAML: " + marked.getProblem(),
                    "Correct it. Indent with spaces, and quote texts that begin with a special character.");
        }
        return new PolicyFileException(
                file,
                0,
                "the file is too large, nested too deeply, or holds characters that YAML does not allow",
                "Split or correct it.");
    }

    /** Takes every plain scalar for a text, so that nothing is made of it. */
    private static final class PlainTexts extends Resolver {

        @Override
        protected void addImplicitResolvers() {
            // none
        }
    }
}
