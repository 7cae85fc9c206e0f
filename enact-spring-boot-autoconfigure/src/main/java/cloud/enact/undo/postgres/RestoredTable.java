package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the captured rows of one table amount to, compared with what is there now. All of it is kept and worked on in
 * the server, so that no number of rows is too many.
 */
interface RestoredTable {

    /** States of planned rows that are carried out: as planned, or although somebody changed them. */
    String TO_DO = "\"enact$state\" IN ('F', 'O')";

    String IN_CONFLICT = "\"enact$state\" NOT IN ('F', 'O', 'S', 'X')";

    TableShape shape();

    /**
     * Works out what was changed, and compares.
     *
     * @param lock whether to keep everybody else from the rows until the end
     */
    void plan(Session session, boolean lock) throws SQLException;

    /** Takes decisions into account, and returns how many rows they changed something for. */
    long resolve(Session session, Resolutions resolutions) throws SQLException;

    /** Puts rows that would be removed into a state when a condition holds for {@code t}, the row as it is. */
    long markRemoved(Session session, char state, String detail, List<String> referenced, String condition)
            throws SQLException;

    /** Puts rows that would come back into a state when a condition holds for {@code b}, the captured row. */
    long markRestored(Session session, char state, String detail, String condition) throws SQLException;

    /** The condition that a row as it is would stay. */
    String stays(String alias);

    /** The condition that a row comes back for which another condition on {@code cb} holds. */
    String comesBack(String condition);

    /** What is planned. */
    TableRestore summary(Session session) throws SQLException;

    long conflicts(Session session) throws SQLException;

    List<RowConflict> conflicts(Session session, int limit, ValueMask mask) throws SQLException;

    /** Removes what is there of all touched rows, or only what the run added. */
    Planned delete(Session session, boolean all) throws SQLException;

    /** Inserts all old rows, or only those that are not there. */
    Planned insert(Session session, boolean all) throws SQLException;

    /** Sets rows back that are there, if there can be such rows. */
    @Nullable
    Planned update(Session session) throws SQLException;

    /** Reads everything back, and returns how many rows are not what they were; those are conflicts from then on. */
    long verify(Session session) throws SQLException;

    /**
     * A statement and how many rows it must affect.
     *
     * @param statement the statement
     * @param rows the number
     */
    record Planned(String statement, long rows) {}
}
