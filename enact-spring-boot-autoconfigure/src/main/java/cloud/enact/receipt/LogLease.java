package cloud.enact.receipt;

/** The right to write one log, which one process at most has at a time. Thread-safe. */
public interface LogLease extends AutoCloseable {

    /** Id of the log. */
    String log();

    /** Gives the right back. Does nothing the second time. */
    @Override
    void close();
}
