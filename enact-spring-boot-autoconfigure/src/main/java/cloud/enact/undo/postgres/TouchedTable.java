package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A table that captured transactions changed.
 *
 * @param id under which its rows were captured
 * @param relation its oid
 * @param then its shape when they were
 * @param now its shape now
 * @param before how many rows were captured as they were before a change
 * @param after how many were as they were after one
 * @param truncated whether all rows were removed at once
 */
record TouchedTable(
        int id, long relation, List<String> then, List<String> now, long before, long after, boolean truncated) {

    private static final String OF = """
            SELECT p.id, p.relation::bigint, p.shape, coalesce(enact_undo.shape_of(p.relation), '{}'), s.before, s.after,
              s.truncated
            FROM (SELECT s.protected, coalesce(sum(s.row_count) FILTER (WHERE s.operation <> 'I'), 0)::bigint AS before,
                coalesce(sum(s.row_count) FILTER (WHERE s.operation IN ('I', 'U')), 0)::bigint AS after,
                bool_or(s.operation = 'T') AS truncated
              FROM enact_undo.statement s WHERE s.marker = ANY (?::bigint[]) GROUP BY 1) AS s
            JOIN enact_undo.protected_table p ON p.id = s.protected ORDER BY p.id""";

    static List<TouchedTable> of(Session session, Collection<Long> markers) throws SQLException {
        return session.list(
                OF,
                row -> new TouchedTable(
                        row.getInt(1),
                        row.getLong(2),
                        Arrays.asList((String[]) row.getArray(3).getArray()),
                        Arrays.asList((String[]) row.getArray(4).getArray()),
                        row.getLong(5),
                        row.getLong(6),
                        row.getBoolean(7)),
                (Object) markers.toArray(Long[]::new));
    }

    void requireUnchanged() {
        List<String> gone = new ArrayList<>(this.then);
        gone.removeAll(this.now);
        List<String> added = new ArrayList<>(this.now);
        added.removeAll(this.then);
        if (this.now.isEmpty()) {
            throw new CaptureException("A table of this run (oid " + this.relation + ") was dropped since");
        }
        if (!gone.isEmpty() || !added.isEmpty()) {
            throw new CaptureException("A table (oid " + this.relation
                    + ") was altered since the run, so its rows can't be put back as they were. Then: " + gone
                    + ", now: " + added);
        }
    }
}
