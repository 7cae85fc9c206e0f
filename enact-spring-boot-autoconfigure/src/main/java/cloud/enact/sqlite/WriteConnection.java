package cloud.enact.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConnection;

/** A connection that writes, with the statements of every transaction, which are read once. Not thread-safe. */
final class WriteConnection {

    private final Connection connection;

    private final PreparedStatement begin;

    private final PreparedStatement commit;

    private boolean broken;

    private WriteConnection(Connection connection) throws SQLException {
        this.connection = connection;
        // by hand: with auto-commit off the driver would take the next write lock right after a commit
        this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
        this.commit = connection.prepareStatement("COMMIT");
    }

    static WriteConnection open(DatabaseFile file, SynchronousMode synchronous) throws SQLException {
        Connection connection = file.connect(synchronous);
        try {
            return new WriteConnection(connection);
        } catch (SQLException ex) {
            Writer.quietly(connection, ex);
            throw ex;
        }
    }

    Connection connection() {
        return this.connection;
    }

    /** Whether it takes no more transactions: the driver closes a statement that failed. */
    boolean isBroken() {
        return this.broken;
    }

    /** Does the work in a transaction that takes the write lock at once; what goes wrong may leave it open. */
    <T> T transact(Work<T> work) throws SQLException {
        execute(this.begin);
        T result = work.on(this.connection);
        execute(this.commit);
        return result;
    }

    private void execute(PreparedStatement statement) throws SQLException {
        try {
            statement.execute();
        } catch (SQLException ex) {
            this.broken = true;
            throw ex;
        }
    }

    /** Rows that were inserted, changed or deleted since it was opened. */
    long changes() throws SQLException {
        return this.connection.unwrap(SQLiteConnection.class).getDatabase().total_changes();
    }
}
