package cloud.enact.connector.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction around one statement, on a connection that commits by itself; closing it makes all as it was. */
final class OwnTransaction implements AutoCloseable {

    private final Connection connection;

    private final boolean wasReadOnly;

    private final Statement statement;

    private final int fetchSize;

    private OwnTransaction(Connection connection, Statement statement) throws SQLException {
        this.connection = connection;
        this.wasReadOnly = connection.isReadOnly();
        this.statement = statement;
        this.fetchSize = statement.getFetchSize();
    }

    static OwnTransaction begin(Connection connection, Statement statement, boolean readOnly) throws SQLException {
        OwnTransaction transaction = new OwnTransaction(connection, statement);
        try {
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(false);
            // a cursor would not survive the commit
            statement.setFetchSize(0);
            return transaction;
        } catch (SQLException ex) {
            try (transaction) {
                throw ex;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            this.connection.setAutoCommit(true);
            this.connection.setReadOnly(this.wasReadOnly);
        } finally {
            if (!this.statement.isClosed()) {
                this.statement.setFetchSize(this.fetchSize);
            }
        }
    }
}
