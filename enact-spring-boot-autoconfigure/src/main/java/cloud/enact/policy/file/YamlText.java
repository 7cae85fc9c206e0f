package cloud.enact.policy.file;

import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML from somebody who may be hostile, as nodes. No object is ever made of it, and size, depth and how often a list
 * or map is referred to are bounded. What aliases multiply is for the reader of the nodes to bound.
 */
public final class YamlText {

    /** Characters of the largest file. */
    private static final int LARGEST = 1024 * 1024;

    private static final int DEEPEST = 60;

    private YamlText() {}

    /**
     * The documents of a file, empty ones as well.
     *
     * @param aliases how often lists and maps may be referred to a second time
     * @throws PolicyFileException when it is not YAML, or YAML that is not allowed here
     */
    public static List<Node> documents(PolicyFile file, int aliases) {
        if (file.text().length() > LARGEST) {
            throw new PolicyFileException(
                    file.name(), 0, "the file has more than " + LARGEST + " characters", "Split it.");
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(aliases);
        options.setProcessComments(false);
        try {
            Composer composer =
                    new Composer(new ParserImpl(new StreamReader(file.text()), options), new PlainTexts(), options);
            List<Node> documents = new ArrayList<>();
            while (composer.checkNode()) {
                documents.add(composer.getNode());
            }
            return documents;
        } catch (YAMLException ex) {
            throw refused(file.name(), aliases, ex);
        }
    }

    private static PolicyFileException refused(String file, int aliases, YAMLException failure) {
        if (failure instanceof MarkedYAMLException marked) {
            return new PolicyFileException(
                    file,
                    line(marked),
                    "this is no valid YAML: " + marked.getProblem(),
                    "Correct it. Indent with spaces, and quote texts that begin with a special character.");
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("aliases")) {
            return new PolicyFileException(
                    file,
                    0,
                    "the file refers to a list or map with an alias (*name)"
                            + ((aliases > 0) ? " more than " + aliases + " times" : ""),
                    "Write the values out where they belong.");
        }
        return new PolicyFileException(
                file,
                0,
                message.contains("epth")
                        ? "the file nests deeper than " + DEEPEST + " levels"
                        : "the file holds characters that YAML does not allow",
                "Correct it, or remove it from enact.policy-files.");
    }

    private static int line(MarkedYAMLException failure) {
        Mark mark = (failure.getProblemMark() != null) ? failure.getProblemMark() : failure.getContextMark();
        return (mark != null) ? mark.getLine() + 1 : 0;
    }

    /** Takes every plain scalar for a text: what YAML 1.1 makes of {@code on}, {@code no} and 22:00 nobody means. */
    private static final class PlainTexts extends Resolver {

        @Override
        protected void addImplicitResolvers() {
            // none
        }
    }
}
