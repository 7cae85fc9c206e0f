package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;

/** Reads command lines as bash would run them. Thread-safe. */
public final class ShellAnalyzer {

    /** Longer texts are not read. */
    public static final int LONGEST_TEXT = 256 * 1024;

    /**
     * Analyses a command line or script.
     *
     * @param text hostile text
     */
    public ShellFacts analyze(String text) {
        return analyze(text, new Effort(text.length()));
    }

    /** Whether a program of that name is a shell that reads its input or a file as commands. */
    public static boolean isShell(String program) {
        return Shells.isShell(program);
    }

    ShellFacts analyze(String text, Effort effort) {
        if (text.isBlank()) {
            return ShellFacts.none();
        }
        if (text.length() > LONGEST_TEXT) {
            return ShellFacts.notUnderstood("is longer than " + LONGEST_TEXT + " characters");
        }
        if (text.indexOf('\0') >= 0 || text.indexOf(Source.END) >= 0) {
            return ShellFacts.notUnderstood("holds a character that no text holds");
        }
        FactsBuilder facts = new FactsBuilder();
        List<Node> nodes = new ArrayList<>();
        try {
            new Parser(new Source(text, effort)).readAll(nodes);
        } catch (NotUnderstoodException ex) {
            // bash runs what stands before the error
            facts.problem(ex.problem());
            effort.returnTo(0);
        }
        try {
            new Walk(facts, effort).run(nodes);
        } catch (NotUnderstoodException ex) {
            facts.problem(ex.problem());
        }
        return facts.build();
    }
}
