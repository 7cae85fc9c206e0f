package cloud.enact.connector.postgres;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.GovernedAction;
import java.sql.SQLException;

/**
 * What a guard needs to know.
 *
 * @param database name the steps carry, so that the way back finds the database again
 * @param unprotected what becomes of changes nobody can take back
 */
public record GuardSettings(String database, UnprotectedWrite unprotected) {

    /** Throws when a transaction with these changes must not be committed. */
    void require(GovernedAction action, CapturedRows captured) throws SQLException {
        if (action.reversibility() == Reversibility.READ_ONLY && !captured.isEmpty()) {
            throw new SQLException("Action " + action.name() + " says that it only reads, and wrote to "
                    + captured.names() + ". Let it say what it does.");
        }
        if (!captured.unprotected().isEmpty() && this.unprotected == UnprotectedWrite.REFUSE) {
            throw new SQLException("A governed action wrote to " + String.join(", ", captured.unprotected())
                    + ", which is not protected, so it could not be taken back. Add it to enact.postgres.protect, or"
                    + " set enact.postgres.unprotected-write to record.");
        }
    }
}
