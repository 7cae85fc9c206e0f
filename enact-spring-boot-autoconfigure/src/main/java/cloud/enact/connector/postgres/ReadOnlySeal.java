package cloud.enact.connector.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps the transaction of a connection from writing. One that may only read becomes writable by a statement, but by
 * none that comes after its first query.
 */
final class ReadOnlySeal {

    /** What a server says to a change in a transaction that may only read. */
    private static final String READ_ONLY = "25006";

    private final Connection connection;

    private boolean put;

    ReadOnlySeal(Connection connection) {
        this.connection = connection;
    }

    /** Whether a transaction could not be captured because it may only read. */
    static boolean isReason(SQLException refused) {
        return READ_ONLY.equals(refused.getSQLState());
    }

    boolean isPut() {
        return this.put;
    }

    void put() throws SQLException {
        if (this.put) {
            return;
        }
        try (Statement statement = this.connection.createStatement()) {
            statement.execute("SET TRANSACTION READ ONLY; SELECT 1");
        }
        this.put = true;
    }

    /** The transaction has ended, or has lost what was set in it. */
    void lift() {
        this.put = false;
    }
}
