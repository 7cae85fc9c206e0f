package cloud.enact.analysis.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TreeSitterBash;

/** Another parser's eyes: every command it sees, we see. */
class TreeSitterTests {

    private final ShellAnalyzer analyzer = new ShellAnalyzer();

    private TSParser parser;

    @BeforeEach
    void loadsTheOtherParser() {
        try {
            this.parser = new TSParser();
            this.parser.setLanguage(new TreeSitterBash());
        } catch (LinkageError | RuntimeException ex) {
            assumeTrue(false, () -> "tree-sitter has no library for this machine: " + ex.getMessage());
        }
    }

    @Test
    void everydayCommandsAreAllSeen() {
        assertThat(missing(ShellSyntaxTests.everydayCommands())).isEmpty();
    }

    @Test
    void publicCommandsAreAllSeen() throws Exception {
        assertThat(missing(ShellSyntaxTests.publicCommands())).isEmpty();
    }

    private List<String> missing(List<String> texts) {
        List<String> missing = new ArrayList<>();
        int seen = 0;
        for (String text : texts) {
            Set<String> ours = new HashSet<>();
            for (ShellCommand command : this.analyzer.analyze(text).commands()) {
                ours.addAll(command.argv().stream().limit(1).toList());
                ours.addAll(command.wrappers());
            }
            for (String name : theirs(text)) {
                seen++;
                if (!ours.contains(name)) {
                    missing.add(name + " in " + text);
                }
            }
        }
        assertThat(seen).isGreaterThan(texts.size() / 2);
        return missing;
    }

    /** The names of commands that are plain words, in texts it reads without an error. */
    private List<String> theirs(String text) {
        List<String> names = new ArrayList<>();
        TSNode root = this.parser.parseString(null, text).getRootNode();
        if (root.hasError()) {
            return names;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Deque<TSNode> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            TSNode node = open.poll();
            for (int i = 0; i < node.getChildCount(); i++) {
                open.add(node.getChild(i));
            }
            boolean plain = node.getType().equals("command_name")
                    && node.getChildCount() == 1
                    && node.getChild(0).getType().equals("word");
            if (plain) {
                int start = node.getStartByte();
                String name = new String(bytes, start, node.getEndByte() - start, StandardCharsets.UTF_8);
                // it takes some reserved words for commands
                if (!ReservedWords.contains(name)
                        && name.chars().noneMatch(c -> c == '\\' || c == '*' || c == '?' || c == '{')) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
