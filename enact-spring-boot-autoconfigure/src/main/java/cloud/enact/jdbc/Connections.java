package cloud.enact.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One connection that writes and a few that read, kept for the life of a store: its callers may hold all pooled
 * connections of the application while they wait for it. A connection that failed is replaced. Thread-safe.
 */
public final class Connections implements AutoCloseable {

    /** How much longer than the server itself this side waits, so that the server's word is heard first. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final DataSource source;

    private final Duration timeout;

    private final Failures<?> failures;

    private final Object writing = new Object();

    private @Nullable Connection writer;

    /** Holds a connection, or an empty place where one may be opened. */
    private final BlockingQueue<Reader> readers;

    private final int places;

    private volatile boolean closed;

    /**
     * Makes the places.
     *
     * @param source opens connections
     * @param readers how many connections read at most; none when reading shares the one that writes
     * @param timeout for one statement
     * @param failures what to throw
     */
    public Connections(DataSource source, int readers, Duration timeout, Failures<?> failures) {
        this.source = source;
        this.timeout = timeout;
        this.failures = failures;
        this.places = readers;
        this.readers = new ArrayBlockingQueue<>(Math.max(1, readers));
        for (int i = 0; i < readers; i++) {
            this.readers.add(new Reader(null));
        }
    }

    private record Reader(@Nullable Connection connection) {}

    /** Something done with a connection. */
    public interface Work<T> {

        T on(Connection connection) throws SQLException;
    }

    /** Does the work on the connection that writes; each statement commits by itself unless the work says otherwise. */
    public <T> T write(Work<T> work) {
        return write(work, "written");
    }

    private <T> T write(Work<T> work, String verb) {
        synchronized (this.writing) {
            requireOpen();
            try {
                Connection connection = this.writer;
                if (connection == null) {
                    connection = open(false);
                    this.writer = connection;
                }
                return work.on(connection);
            } catch (SQLException ex) {
                if (!Failures.isRefusal(ex)) {
                    // whatever is wrong with it, and whatever it still holds: a new one is in a known state
                    Connection broken = this.writer;
                    this.writer = null;
                    close(broken, ex);
                }
                throw this.failures.of(verb, ex);
            }
        }
    }

    /** Does the work on a connection that can't write. */
    public <T> T read(Work<T> work) {
        if (this.places == 0) {
            return write(work, "read");
        }
        @Nullable Connection connection = borrow();
        try {
            requireOpen();
            boolean kept = connection != null;
            if (connection == null) {
                connection = open(true);
            }
            try {
                return work.on(connection);
            } catch (SQLException ex) {
                if (!kept || !Failures.isLostConnection(ex)) {
                    throw ex;
                }
                // the server was restarted since: what only reads is asked again
                close(connection, ex);
                connection = null;
                connection = open(true);
                return work.on(connection);
            }
        } catch (SQLException ex) {
            close(connection, ex);
            connection = null;
            throw this.failures.of("read", ex);
        } finally {
            this.readers.add(new Reader(connection));
        }
    }

    private @Nullable Connection borrow() {
        try {
            Reader reader = this.readers.poll(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (reader == null) {
                throw this.failures.because("was not read: others read it for longer than " + this.timeout, null);
            }
            return reader.connection();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw this.failures.because("was not read: the thread was interrupted", ex);
        }
    }

    private Connection open(boolean readOnly) throws SQLException {
        Connection connection = this.source.getConnection();
        try {
            // it may come from a pool that hands out transactions
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(this.timeout.plus(GRACE).toMillis()));
            long millis = this.timeout.toMillis();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET statement_timeout = " + millis + "; SET lock_timeout = " + millis
                        + "; SET idle_in_transaction_session_timeout = " + millis
                        + "; SET default_transaction_isolation = 'read committed'"
                        + "; SET default_transaction_read_only = " + (readOnly ? "on" : "off")
                        // an append that returned must survive the server's crash, whatever the database's default is
                        + "; SELECT set_config('synchronous_commit', 'on', false)"
                        + " WHERE current_setting('synchronous_commit') = 'off'");
            }
            return connection;
        } catch (SQLException | RuntimeException ex) {
            close(connection, ex);
            throw ex;
        }
    }

    private void requireOpen() {
        if (this.closed) {
            throw this.failures.because("is closed; the application is shutting down", null);
        }
    }

    private static void close(@Nullable Connection connection, Exception reason) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException ex) {
            reason.addSuppressed(ex);
        }
    }

    /** Waits for what is under way, then closes all. */
    @Override
    public void close() {
        this.closed = true;
        SQLException failed;
        synchronized (this.writing) {
            failed = close(this.writer, (SQLException) null);
            this.writer = null;
        }
        for (int i = 0; i < this.places; i++) {
            failed = close(borrow(), failed);
        }
        // later readers find the places again, and hear that the store is closed
        for (int i = 0; i < this.places; i++) {
            this.readers.add(new Reader(null));
        }
        if (failed != null) {
            throw this.failures.of("closed", failed);
        }
    }

    private static @Nullable SQLException close(@Nullable Connection connection, @Nullable SQLException failed) {
        try {
            if (connection != null) {
                connection.close();
            }
            return failed;
        } catch (SQLException ex) {
            return (failed != null) ? failed : ex;
        }
    }
}
