package cloud.enact.analysis.shell;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * One simple command, wherever it stands in a command line. Immutable.
 *
 * @param name the program without its directory ({@code /bin/rm} is {@code rm}), small letters where the file's ending
 *     {@code .exe} was removed and in PowerShell; empty for assignments and redirections alone
 * @param words all words, the program first; empty for assignments alone
 * @param flags options before {@code --}: short ones split ({@code -rf} is {@code r}, {@code f}), long ones without
 *     dashes and value ({@code --force=yes} is {@code force})
 * @param assignments variables set for this command alone, or by it when it has no words
 * @param redirections its redirections, in order
 * @param wrappers what it is run through, outermost first: {@code sudo}, {@code env}, {@code xargs}, {@code bash -c},
 *     {@code find -exec}, {@code ssh} and so on
 * @param depth how many substitutions, subshells and wrappers it stands in; 0 at the top
 * @param context where it stands
 * @param dynamic whether the program itself is known only at run time
 */
public record ShellCommand(
        String name,
        List<ShellWord> words,
        List<String> flags,
        Map<String, ShellWord> assignments,
        List<Redirection> redirections,
        List<String> wrappers,
        int depth,
        Context context,
        boolean dynamic) {

    public ShellCommand {
        words = List.copyOf(words);
        flags = List.copyOf(flags);
        assignments = Map.copyOf(assignments);
        redirections = List.copyOf(redirections);
        wrappers = List.copyOf(wrappers);
    }

    /** The words after the program. */
    public List<ShellWord> arguments() {
        return this.words.isEmpty() ? List.of() : this.words.subList(1, this.words.size());
    }

    /** The texts of all words, the program first. */
    public List<String> argv() {
        return new Texts(this.words);
    }

    /** Whether one of these options is given, each written without dashes. */
    public boolean hasFlag(String... names) {
        for (String name : names) {
            if (this.flags.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** A view, because policies ask often and mostly for a single word. */
    private static final class Texts extends AbstractList<String> implements RandomAccess {

        private final List<ShellWord> words;

        private Texts(List<ShellWord> words) {
            this.words = words;
        }

        @Override
        public String get(int index) {
            return this.words.get(index).text();
        }

        @Override
        public int size() {
            return this.words.size();
        }
    }

    /** Where a command stands. */
    public enum Context {
        TOP,
        SUBSHELL,
        SUBSTITUTION,
        PROCESS_SUBSTITUTION,
        HEREDOC,
        FUNCTION,
        /** Nobody waits for it; so it stands for subshells and conditions inside as well. */
        BACKGROUND,
        CONDITIONAL
    }
}
