package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellWord;

/**
 * A file or directory that a command touches.
 *
 * @param kind what is done to it
 * @param path as the command names it, behind the directory that the line changed to before
 * @param recursive whether everything below goes with it
 * @param command index of the command in the facts of the shell
 */
public record FileAccess(Kind kind, ShellWord path, boolean recursive, int command) {

    /** What is done to a file. */
    public enum Kind {
        READ,
        WRITE,
        DELETE
    }
}
