package cloud.enact.connector.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The open transaction of a guarded connection, for whoever records by himself what was captured in it. */
interface OwnTransaction {

    /** Ends the capturing; {@code null} when nothing was captured because no governed action is at work. */
    @Nullable
    Stretch end() throws SQLException;

    /** Commits what was ended. */
    void commitEnded() throws SQLException;

    /**
     * What was captured from a mark to its end.
     *
     * @param marker the number under which it is found
     * @param rows what was changed
     */
    record Stretch(long marker, CapturedRows rows) {}
}
