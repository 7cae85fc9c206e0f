package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The short way back, for rows that nobody touched since. When anything is not as the run left it, it undoes what it
 * did, and somebody else finds out what it is.
 */
final class PlainRestore {

    private final Collection<PlainRows> tables;

    private final ForeignKeys references;

    private final RestoreMode mode;

    PlainRestore(Collection<PlainRows> tables, ForeignKeys references, RestoreMode mode) {
        this.tables = tables;
        this.references = references;
        this.mode = mode;
    }

    /** Restores everything, or nothing. */
    @Nullable
    List<TableRestore> attempt(Session session) throws SQLException {
        session.execute("SAVEPOINT enact_plain");
        try {
            if (isDone(session)) {
                List<TableRestore> summaries = new ArrayList<>();
                this.tables.forEach(table -> summaries.add(table.summary(session)));
                return summaries;
            }
        } catch (SQLException ex) {
            if (!RestoreMode.isRefusal(ex)) {
                throw ex;
            }
        }
        session.execute("ROLLBACK TO SAVEPOINT enact_plain");
        return null;
    }

    private boolean isDone(Session session) throws SQLException {
        for (PlainRows table : this.tables) {
            if (!this.references.isEmpty() || !table.onlyRemoved()) {
                table.plan(session, true);
            }
            if (!table.areUntouched(session)) {
                return false;
            }
        }
        if (this.mode.exact()) {
            this.references.lockParents(session);
        }
        if (this.references.check(session) > 0) {
            return false;
        }
        this.mode.apply(session, this.tables);
        for (PlainRows table : this.tables) {
            if (table.mayDiffer(this.mode) && table.verify(session) != 0) {
                return false;
            }
        }
        return true;
    }
}
