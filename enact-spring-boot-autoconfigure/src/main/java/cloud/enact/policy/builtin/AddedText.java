package cloud.enact.policy.builtin;

import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Text that a call adds somewhere: of a diff only the lines that come in. */
public final class AddedText {

    /** What was there before, and what only lets the call in. */
    private static final Set<String> NOT_ADDED = Set.of(
            ("oldstring oldstr oldtext oldcontent oldvalue before original search token accesstoken authtoken auth "
                            + "authorization apikey password credentials headers githubtoken bearer privatetoken sha "
                            + "path file filepath filename branch ref url")
                    .split(" "));

    private static final Set<String> WRITERS =
            Set.of("tee", "sponge", "dd", "sed", "gsed", "perl", "patch", "apply_patch");

    private AddedText() {}

    /** The texts in the arguments that are added, command lines left out. */
    public static List<String> inArguments(PolicyInputs inputs) {
        List<String> texts = new ArrayList<>(1);
        Set<String> commands = new HashSet<>(inputs.originals(InputName.COMMAND));
        ArgumentTree.visit(inputs, (name, value) -> {
            if (value instanceof String text && !NOT_ADDED.contains(name) && !commands.contains(text)) {
                texts.add(isDiff(text) ? addedLines(text) : text);
            }
        });
        return texts;
    }

    /** The texts that commands put into files: their words and what is piped or redirected into them. */
    public static List<String> byCommands(ShellFacts shell) {
        List<String> texts = new ArrayList<>();
        Set<Integer> writers = new HashSet<>();
        for (int i = 0; i < shell.commands().size(); i++) {
            ShellCommand command = shell.commands().get(i);
            if (WRITERS.contains(command.name())
                    || command.redirections().stream().anyMatch(Redirection::writes)) {
                writers.add(i);
            }
        }
        for (List<Integer> pipeline : shell.pipelines()) {
            if (pipeline.stream().anyMatch(writers::contains)) {
                writers.addAll(pipeline);
            }
        }
        for (int index : writers) {
            add(texts, shell.commands().get(index));
        }
        shell.inlineCode().stream()
                .filter(code -> code.text().contains("write") || code.text().contains("open("))
                .forEach(code -> texts.add(code.text()));
        return texts;
    }

    private static void add(List<String> texts, ShellCommand command) {
        StringBuilder words = new StringBuilder();
        for (ShellWord word : command.arguments()) {
            words.append(word.text()).append(' ');
        }
        texts.add(words.toString());
        for (Redirection redirection : command.redirections()) {
            if (redirection.operator().startsWith("<<")) {
                String text = redirection.target().text();
                texts.add(isDiff(text) ? addedLines(text) : text);
            }
        }
    }

    /** Whether the text is a diff, so that lines in it come in or go out. */
    public static boolean isDiff(String text) {
        return text.startsWith("diff --git ")
                || text.startsWith("@@ ")
                || text.startsWith("--- ") && text.contains("\n+++ ")
                || text.contains("\n@@ ")
                || text.startsWith("*** Begin Patch");
    }

    private static String addedLines(String diff) {
        StringBuilder added = new StringBuilder(diff.length());
        for (String line : (Iterable<String>) diff.lines()::iterator) {
            if (line.startsWith("+") && !line.startsWith("+++ ")) {
                added.append(line, 1, line.length()).append('\n');
            }
        }
        return added.toString();
    }
}
