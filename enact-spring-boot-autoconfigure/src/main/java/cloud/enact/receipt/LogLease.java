package cloud.enact.receipt;

/** The right to write one log, which one process at most has at a time. Thread-safe. */
public interface LogLease extends AutoCloseable {

    /** Id of the log. */
    String log();

    /**
     * Whether this process has had it all the time since then, as far as it can know without asking. Who stood still for
     * so long that others were free to settle what it had begun must not go on with that.
     *
     * @param nanoTime a moment, as {@link System#nanoTime()} tells it
     */
    default boolean isHeldSince(long nanoTime) {
        return true;
    }

    /** Gives the right back. Does nothing the second time. */
    @Override
    void close();
}
