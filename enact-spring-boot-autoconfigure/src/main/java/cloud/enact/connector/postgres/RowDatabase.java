package cloud.enact.connector.postgres;

import cloud.enact.connector.ConnectorException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * The database a connector works on.
 *
 * @param dataSource hands out guarded connections, inside a transaction always the same
 * @param inTransaction whether this thread is in a transaction on it that somebody else ends
 * @param undo takes back what is done
 * @param lockTimeout how long to wait for rows that somebody else holds
 */
record RowDatabase(DataSource dataSource, BooleanSupplier inTransaction, RowsUndo undo, Duration lockTimeout) {

    /** Whether somebody else's transaction is open, which a change must be part of. */
    boolean isShared(Connection connection) throws SQLException {
        return this.inTransaction.getAsBoolean() && !connection.getAutoCommit();
    }

    /** Reads, in transactions that can't do anything else unless somebody else's is open. */
    <T> T reading(Reading<T> work) throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            if (isShared(connection)) {
                return work.from(connection);
            }
            boolean autoCommit = connection.getAutoCommit();
            boolean readOnly = connection.isReadOnly();
            connection.setAutoCommit(true);
            connection.setReadOnly(true);
            try {
                return work.from(connection);
            } finally {
                connection.setReadOnly(readOnly);
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    /** Keeps the rest of the transaction from waiting for ever for somebody who may wait for this very action. */
    void limitWaiting(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.set_config('lock_timeout', ?, true)")) {
            statement.setString(1, Math.max(1, this.lockTimeout.toMillis()) + "ms");
            statement.execute();
        }
    }

    /** The end of the capturing, which only guarded connections have. */
    static GuardedTransaction guard(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(GuardedTransaction.class)) {
            throw new ConnectorException(
                    "its data source is not guarded, so nothing could be taken back; give it one of the application's");
        }
        return connection.unwrap(GuardedTransaction.class);
    }

    /** Something that is read. */
    interface Reading<T> {

        T from(Connection connection) throws SQLException;
    }
}
