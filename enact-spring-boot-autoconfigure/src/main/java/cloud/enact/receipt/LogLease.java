package cloud.enact.receipt;

/** The right to write one log, which one process at most has at a time. Thread-safe. */
public interface LogLease extends AutoCloseable {

    /** Id of the log. */
    String log();

    /**
     * Whether this process still has it, as far as it can know without asking. Who lost it, because it stood still for
     * too long, must change nothing any more: others have settled by now what it began.
     */
    default boolean isHeld() {
        return true;
    }

    /** Gives the right back. Does nothing the second time. */
    @Override
    void close();
}
