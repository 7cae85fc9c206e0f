package cloud.enact.policy.builtin;

import org.jspecify.annotations.Nullable;

/**
 * A file that a call uses, named by an argument, a command or a patch.
 *
 * @param kind what is done to it
 * @param path as it is written
 * @param recursive whether everything below goes with it
 * @param full the same from the directory that the agent tells it works in, or as it is written where nobody tells or
 *     where it does not begin there
 */
public record FileUse(Kind kind, String path, boolean recursive, String full) {

    private static final int LONGEST = 4096;

    /** A file whose path begins nobody knows where. */
    public FileUse(Kind kind, String path, boolean recursive) {
        this(kind, path, recursive, path);
    }

    /** A file whose path begins in this directory, unless it begins at a root. */
    static FileUse from(@Nullable String directory, Kind kind, String path, boolean recursive) {
        boolean relative = directory != null
                && !path.isEmpty()
                && directory.length() + path.length() <= LONGEST
                && "/\\~$%`{".indexOf(path.charAt(0)) < 0
                && path.indexOf(':') < 0;
        return new FileUse(kind, path, recursive, relative ? directory + "/" + path : path);
    }

    /** Whether its content is handed to somebody. */
    public boolean reads() {
        return this.kind == Kind.READ;
    }

    /** Whether it is another file afterwards, or none. */
    public boolean changes() {
        return this.kind == Kind.WRITE || this.kind == Kind.DELETE;
    }

    /** What is done to a file. */
    public enum Kind {
        /** Only its name and such things are looked at. */
        LIST,
        READ,
        WRITE,
        DELETE
    }
}
