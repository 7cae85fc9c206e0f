package cloud.enact.policy.builtin;

/**
 * A file that a call uses, named by an argument, a command or a patch.
 *
 * @param kind what is done to it
 * @param path as it is written
 * @param recursive whether everything below goes with it
 */
public record FileUse(Kind kind, String path, boolean recursive) {

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
