package cloud.enact.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Statements that take effect together or not at all, on a connection that commits each by itself otherwise. What was
 * not committed is taken back when it is closed, whatever ended it. Not thread-safe.
 */
public final class Transaction implements AutoCloseable {

    private final Connection connection;

    private boolean begun;

    /** Does not begin yet: one statement alone needs no transaction, and is one round trip then. */
    public Transaction(Connection connection) {
        this.connection = connection;
    }

    /** What is done from here on is committed together. Does nothing the second time. */
    public void begin() throws SQLException {
        if (!this.begun) {
            this.connection.setAutoCommit(false);
            this.begun = true;
        }
    }

    /** Commits, if it has begun. */
    public void commit() throws SQLException {
        if (this.begun) {
            this.connection.commit();
            this.begun = false;
            this.connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() throws SQLException {
        if (this.begun) {
            this.begun = false;
            this.connection.rollback();
            this.connection.setAutoCommit(true);
        }
    }
}
