package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for references that a restore would leave without a row at their other end. */
final class ForeignKeys {

    private final Map<Long, ? extends RestoredTable> tables;

    private final List<ForeignKey> keys;

    /**
     * Looks at references between tables.
     *
     * @param tables those that are restored, by oid
     * @param keys the references from and to them
     */
    ForeignKeys(Map<Long, ? extends RestoredTable> tables, List<ForeignKey> keys) {
        this.tables = tables;
        this.keys = keys;
    }

    boolean isEmpty() {
        return this.keys.isEmpty();
    }

    /** Keeps everybody else from removing the rows that restored rows will refer to. */
    void lockParents(Session session) throws SQLException {
        for (ForeignKey key : this.keys) {
            RestoredTable child = this.tables.get(key.child());
            if (child != null) {
                session.number("SELECT count(*) FROM (SELECT 1 FROM "
                        + key.parentName().quoted() + " x WHERE " + child.comesBack(key.refers("cb", "x"))
                        + " FOR KEY SHARE OF x) AS locked");
            }
        }
    }

    /** Marks the rows that can't be removed or put back, and returns how many there are. */
    long check(Session session) throws SQLException {
        long marked = 0;
        for (ForeignKey key : this.keys) {
            RestoredTable child = this.tables.get(key.child());
            RestoredTable parent = this.tables.get(key.parent());
            if (parent != null) {
                marked += parent.markRemoved(
                        session, 'R', key.name(), key.parentColumns(), referredTo(key, child, parent));
            }
            if (child != null) {
                marked += child.markRestored(session, 'N', key.name(), refersToNothing(key, parent));
            }
        }
        return marked;
    }

    private static String referredTo(ForeignKey key, @Nullable RestoredTable child, RestoredTable parent) {
        return "EXISTS (SELECT FROM " + key.childName().quoted() + " c WHERE " + key.refers("c", "t")
                + ((child != null) ? " AND " + child.stays("c") : "") + " AND NOT "
                + parent.comesBack(key.refers("c", "cb")) + ")";
    }

    private static String refersToNothing(ForeignKey key, @Nullable RestoredTable parent) {
        return key.isSet("b") + " AND NOT EXISTS (SELECT FROM "
                + key.parentName().quoted() + " x WHERE "
                + key.refers("b", "x") + ((parent != null) ? " AND " + parent.stays("x") : "") + ")"
                + ((parent != null) ? " AND NOT " + parent.comesBack(key.refers("b", "cb")) : "");
    }
}
