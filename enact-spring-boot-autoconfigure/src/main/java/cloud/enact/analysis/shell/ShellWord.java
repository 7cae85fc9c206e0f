package cloud.enact.analysis.shell;

/**
 * One word of a command, after quotes and backslashes are removed.
 *
 * @param text the word; where a part of it is known only at run time, that part stands as it was written:
 *     {@code $x}, {@code $(…)}, the source of a variable's value, or {@code {}} for what {@code find} and {@code xargs} put
 *     there
 * @param dynamic whether a part of it is known only at run time: a variable, a substitution
 * @param glob whether the shell may replace it by names of files
 */
public record ShellWord(String text, boolean dynamic, boolean glob) {

    /** A word that is exactly its text. */
    public static ShellWord of(String text) {
        return new ShellWord(text, false, false);
    }
}
