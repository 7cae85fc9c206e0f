package cloud.enact.connector.postgres;

import cloud.enact.undo.GovernedAction;
import cloud.enact.undo.postgres.CapturedTransaction;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A governed action's part of a transaction.
 *
 * @param action who is at work
 * @param transaction captures what it changes
 */
record Mark(GovernedAction action, CapturedTransaction transaction) {

    /**
     * Marks a transaction.
     *
     * @param fresh whether nothing has been run in it: what somebody else began may have any setting
     * @param database whose transaction it is
     */
    static Mark on(Connection connection, GovernedAction action, boolean fresh, String database, SecureRandom random)
            throws SQLException {
        UUID run = action.runId().value();
        try {
            return new Mark(
                    action,
                    fresh
                            ? CapturedTransaction.enter(connection, run, action.actionId(), random)
                            : CapturedTransaction.join(connection, run, action.actionId(), random));
        } catch (SQLException ex) {
            throw new SQLException(
                    "Nothing that a governed action changes in " + database
                            + " can be captured now, so it changes nothing. See the health of the application.",
                    ex.getSQLState(),
                    ex);
        }
    }

    /**
     * Takes the mark off, and says what was captured.
     *
     * @param last whether the transaction is committed or rolled back next
     */
    CapturedRows end(boolean last) throws SQLException {
        return CapturedRows.of(last ? this.transaction.finish() : this.transaction.leave());
    }

    boolean isFor(GovernedAction other) {
        return this.action.actionId().equals(other.actionId());
    }
}
