package cloud.enact.connector.postgres;

import cloud.enact.undo.GovernedAction;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The open transaction of a guarded connection, for whoever records by himself what was captured in it. */
interface GuardedTransaction {

    /** Ends the capturing before the commit; {@code null} when nothing was captured because no governed action is at work. */
    @Nullable
    Stretch end() throws SQLException;

    /** Commits what was ended. */
    void commitEnded() throws SQLException;

    /**
     * What was captured from a mark to its end.
     *
     * @param action whose work it is
     * @param marker the number under which it is found
     * @param rows what was changed
     */
    record Stretch(GovernedAction action, long marker, CapturedRows rows) {}
}
