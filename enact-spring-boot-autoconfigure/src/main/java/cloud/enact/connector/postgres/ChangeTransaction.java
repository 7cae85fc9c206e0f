package cloud.enact.connector.postgres;

import cloud.enact.connector.ConnectorException;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** The transaction of one change, open until it is on record. For one thread. */
final class ChangeTransaction {

    private static final Log logger = LogFactory.getLog(ChangeTransaction.class);

    private final Connection connection;

    private final boolean autoCommit;

    private ChangeTransaction(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
    }

    /**
     * Begins it.
     *
     * @param connection behind a guard, in no transaction; given back at the end
     */
    static ChangeTransaction begin(Connection connection, RowDatabase database) throws SQLException {
        ChangeTransaction transaction = new ChangeTransaction(connection);
        try {
            RowDatabase.guard(connection);
            connection.setAutoCommit(false);
            database.limitWaiting(connection);
            return transaction;
        } catch (SQLException | RuntimeException ex) {
            transaction.rollback();
            throw ex;
        }
    }

    /** Ends the capturing. */
    GuardedTransaction.Stretch end() throws SQLException {
        GuardedTransaction.Stretch captured = RowDatabase.guard(this.connection).end();
        if (captured == null) {
            throw new ConnectorException("no governed action is at work, so nothing was captured and nothing changed");
        }
        return captured;
    }

    /** Commits what was ended; what goes wrong later does not make that undone. */
    void commit() throws SQLException {
        RowDatabase.guard(this.connection).commitEnded();
        giveBack();
    }

    void rollback() {
        try {
            this.connection.rollback();
        } catch (SQLException ex) {
            logger.debug("A transaction could not be rolled back; the server does it with its connection", ex);
        }
        giveBack();
    }

    private void giveBack() {
        try (Connection given = this.connection) {
            given.setAutoCommit(this.autoCommit);
        } catch (SQLException ex) {
            logger.debug("A connection could not be given back as it was", ex);
        }
    }
}
