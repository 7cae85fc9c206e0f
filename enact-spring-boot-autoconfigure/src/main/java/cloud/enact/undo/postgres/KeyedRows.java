package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table with a primary key.
 *
 * <p>An image that was removed more often than it was added was there before, one that was added more often is there
 * after. That holds in whatever order the changes were captured, and a key with two of either was changed by somebody
 * else in between.
 */
final class KeyedRows implements RestoredTable {

    private final TableShape shape;

    private final Captured captured;

    private final PlannedRows planned;

    private final String table;

    private final String net;

    private final String plan;

    KeyedRows(TableShape shape, Captured captured) {
        this.shape = shape;
        this.captured = captured;
        this.table = shape.name().quoted();
        this.net = captured.temporary("net");
        this.plan = captured.temporary("plan");
        this.planned = new PlannedRows(shape, captured, this.plan);
    }

    @Override
    public TableShape shape() {
        return this.shape;
    }

    @Override
    public void plan(Session session, boolean lock) throws SQLException {
        this.captured.analyze(session);
        net(session);
        // a row that was replaced while it was waited for was compared in a version that nobody locked
        while (compare(session, lock) && lock) {
            session.execute("DROP TABLE " + this.plan);
        }
        session.execute("DELETE FROM " + this.plan + " WHERE \"enact$state\" = 'U'");
        session.execute("ANALYZE " + this.plan);
    }

    private void net(Session session) throws SQLException {
        session.execute("CREATE TEMPORARY TABLE " + this.net + " ON COMMIT DROP AS SELECT " + this.shape.keys("u")
                + ", max(u.\"enact$id\") FILTER (WHERE u.\"enact$side\" = 'O') AS \"enact$before\""
                + ", max(u.\"enact$id\") FILTER (WHERE u.\"enact$side\" = 'N') AS \"enact$after\""
                + ", count(*) FILTER (WHERE u.\"enact$side\" = 'O') > 1"
                + " OR count(*) FILTER (WHERE u.\"enact$side\" = 'N') > 1 AS \"enact$between\""
                + " FROM " + this.captured.rows("u") + " GROUP BY " + this.shape.keys("u"));
        session.execute("ANALYZE " + this.net);
        if (!session.holds("SELECT EXISTS (SELECT FROM " + this.net + " WHERE \"enact$between\")")) {
            return;
        }
        // keys that were touched several times
        session.execute("WITH touched AS (DELETE FROM " + this.net + " n WHERE n.\"enact$between\" RETURNING "
                + this.shape.keys("n") + "), image AS (SELECT " + this.shape.keys("k")
                + ", max(u.\"enact$id\") AS \"enact$id\", sum(CASE u.\"enact$side\" WHEN 'N' THEN 1 ELSE -1 END) AS \"enact$net\" FROM "
                + this.captured.rows("u") + " JOIN touched k ON " + same("u", "k") + " GROUP BY "
                + this.shape.keys("k") + ", " + this.shape.image("u")
                + " HAVING sum(CASE u.\"enact$side\" WHEN 'N' THEN 1 ELSE -1 END) <> 0) INSERT INTO " + this.net
                + " SELECT " + this.shape.keys("i") + ", max(i.\"enact$id\") FILTER (WHERE i.\"enact$net\" < 0)"
                + ", max(i.\"enact$id\") FILTER (WHERE i.\"enact$net\" > 0), min(i.\"enact$net\") < -1 OR max(i.\"enact$net\") > 1"
                + " OR count(*) FILTER (WHERE i.\"enact$net\" < 0) > 1 OR count(*) FILTER (WHERE i.\"enact$net\" > 0) > 1"
                + " FROM image i GROUP BY " + this.shape.keys("i"));
        // where somebody came in between, the first and the last that is known of the row
        session.execute("UPDATE " + this.net + " n SET \"enact$before\" = e.\"enact$before\", \"enact$after\" ="
                + " e.\"enact$after\" FROM (SELECT " + this.shape.keys("k") + ", " + edge("O", "ASC")
                + " AS \"enact$before\", " + edge("N", "DESC") + " AS \"enact$after\" FROM " + this.captured.rows("u")
                + " JOIN " + this.net + " k ON " + same("u", "k") + " WHERE k.\"enact$between\" GROUP BY "
                + this.shape.keys("k") + ") AS e WHERE " + same("n", "e"));
    }

    /** The first or last captured row, if it is one of that side. */
    private static String edge(String side, String direction) {
        return "(array_agg(CASE u.\"enact$side\" WHEN '" + side + "' THEN u.\"enact$id\" END ORDER BY u.\"enact$id\" "
                + direction + "))[1]";
    }

    /** Returns whether there are other rows than there were a moment before. */
    private boolean compare(Session session, boolean lock) throws SQLException {
        String rows = " FROM " + this.table + " t JOIN " + this.net + " n ON " + same("t", "n");
        long present = session.number(
                lock
                        // in one order, so that two restores do not wait for each other
                        ? "SELECT count(*) FROM (SELECT 1" + rows + " ORDER BY " + this.shape.keys("n")
                                + " FOR UPDATE OF t) AS locked"
                        : "SELECT count(*)" + rows);
        boolean images = present > 0
                || session.holds("SELECT EXISTS (SELECT FROM " + this.net
                        + " WHERE \"enact$before\" IS NOT NULL AND \"enact$after\" IS NOT NULL)");
        String state = images
                ? "CASE WHEN n.\"enact$before\" IS NOT NULL AND n.\"enact$after\" IS NOT NULL AND "
                        + this.shape.identical("b", "a") + " THEN 'U'"
                        + " WHEN t.tableoid IS NULL AND n.\"enact$before\" IS NULL THEN 'S'"
                        + " WHEN t.tableoid IS NOT NULL AND n.\"enact$before\" IS NOT NULL AND "
                        + this.shape.identical("t", "b") + " THEN 'S'"
                        + " WHEN n.\"enact$between\" THEN 'B'"
                        + " WHEN n.\"enact$after\" IS NOT NULL AND t.tableoid IS NULL THEN 'M'"
                        + " WHEN n.\"enact$after\" IS NULL AND t.tableoid IS NOT NULL THEN 'P'"
                        + " WHEN n.\"enact$after\" IS NOT NULL AND NOT " + this.shape.identical("t", "a")
                        + " THEN 'C' ELSE 'F' END"
                : "CASE WHEN n.\"enact$before\" IS NULL THEN 'S' WHEN n.\"enact$between\" THEN 'B' ELSE 'F' END";
        session.execute("CREATE TEMPORARY TABLE " + this.plan + " ON COMMIT DROP AS SELECT " + this.shape.keys("n")
                + ", n.\"enact$before\", n.\"enact$after\", t.tableoid IS NOT NULL AS \"enact$present\", (" + state
                + ")::\"char\" AS \"enact$state\", NULL::text AS \"enact$detail\" FROM " + this.net + " n LEFT JOIN "
                + this.table + " t ON " + same("t", "n")
                + (images
                        ? " LEFT JOIN " + this.captured.rows("b") + " ON b.\"enact$id\" = n.\"enact$before\" LEFT JOIN "
                                + this.captured.rows("a") + " ON a.\"enact$id\" = n.\"enact$after\""
                        : ""));
        return session.number("SELECT count(*) FROM " + this.plan + " WHERE \"enact$present\"") != present;
    }

    @Override
    public long resolve(Session session, Resolutions resolutions) throws SQLException {
        // what nobody has seen is left as it is, and not overwritten
        String seen = "(SELECT " + this.shape.handle("p", "t") + " FROM (SELECT) AS one LEFT JOIN " + this.table
                + " t ON " + same("t", "p") + ")";
        return this.planned.resolve(session, resolutions, this.shape.handle("p"), seen);
    }

    @Override
    public long markRemoved(Session session, char state, String detail, List<String> referenced, String condition)
            throws SQLException {
        // a key that stays is referred to as before
        boolean keyed = this.shape.isKey(referenced);
        return this.planned.mark(
                session,
                state,
                detail,
                this.table + " t",
                same("t", "p") + " AND p.\"enact$present\"" + (keyed ? " AND p.\"enact$before\" IS NULL" : "") + " AND "
                        + condition);
    }

    @Override
    public long markRestored(Session session, char state, String detail, String condition) throws SQLException {
        return this.planned.mark(
                session,
                state,
                detail,
                this.captured.rows("b"),
                "b.\"enact$id\" = p.\"enact$before\" AND " + condition);
    }

    @Override
    public String stays(String alias) {
        return "NOT EXISTS (SELECT FROM " + this.plan + " sp WHERE " + same(alias, "sp")
                + " AND sp.\"enact$present\" AND sp." + TO_DO + ")";
    }

    @Override
    public String comesBack(String condition) {
        return "EXISTS (SELECT FROM " + this.captured.rows("cb") + " JOIN " + this.plan
                + " cp ON cb.\"enact$id\" = cp.\"enact$before\" WHERE cp." + TO_DO + " AND " + condition + ")";
    }

    @Override
    public TableRestore summary(Session session) throws SQLException {
        String before = "\"enact$before\" IS NOT NULL";
        return session.list(
                        "SELECT " + count(before + " AND NOT \"enact$present\" AND " + TO_DO) + ", "
                                + count("\"enact$before\" IS NULL AND \"enact$present\" AND " + TO_DO)
                                + ", " + count(before + " AND \"enact$present\" AND " + TO_DO) + ", "
                                + count("\"enact$state\" = 'S'") + ", " + count("\"enact$state\" = 'O'") + ", "
                                + count("\"enact$state\" = 'X'") + " FROM " + this.plan,
                        row -> new TableRestore(
                                this.shape.name(),
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)))
                .get(0);
    }

    private static String count(String condition) {
        return "count(*) FILTER (WHERE " + condition + ")";
    }

    @Override
    public long conflicts(Session session) throws SQLException {
        return this.planned.conflicts(session);
    }

    @Override
    public List<RowConflict> conflicts(Session session, int limit, ValueMask mask) throws SQLException {
        return this.planned.keyed(session, limit, mask);
    }

    @Override
    public Planned delete(Session session, boolean all) throws SQLException {
        String which = "p.\"enact$present\" AND p." + TO_DO + (all ? "" : " AND p.\"enact$before\" IS NULL");
        return new Planned(
                "DELETE FROM " + this.table + " t USING " + this.plan + " p WHERE " + same("t", "p") + " AND " + which,
                session.number("SELECT count(*) FROM " + this.plan + " p WHERE " + which));
    }

    @Override
    public Planned insert(Session session, boolean all) throws SQLException {
        String which = "p.\"enact$before\" IS NOT NULL AND p." + TO_DO + (all ? "" : " AND NOT p.\"enact$present\"");
        return new Planned(
                this.shape.insertFrom("b") + " FROM " + this.plan + " p JOIN " + this.captured.rows("b")
                        + " ON b.\"enact$id\" = p.\"enact$before\" WHERE " + which,
                session.number("SELECT count(*) FROM " + this.plan + " p WHERE " + which));
    }

    @Override
    public @Nullable Planned update(Session session) throws SQLException {
        String assignments = this.shape.assignments("b");
        if (assignments.isEmpty()) {
            return null;
        }
        String which = "p.\"enact$before\" IS NOT NULL AND p.\"enact$present\" AND p." + TO_DO;
        return new Planned(
                "UPDATE " + this.table + " t SET " + assignments + " FROM " + this.plan + " p JOIN "
                        + this.captured.rows("b") + " ON b.\"enact$id\" = p.\"enact$before\" WHERE " + same("t", "p")
                        + " AND " + which,
                session.number("SELECT count(*) FROM " + this.plan + " p WHERE " + which));
    }

    @Override
    public long verify(Session session) throws SQLException {
        return session.update("UPDATE " + this.plan + " p SET \"enact$state\" = 'D' FROM " + this.plan
                + " q LEFT JOIN " + this.table + " t ON " + same("t", "q") + " LEFT JOIN " + this.captured.rows("b")
                + " ON b.\"enact$id\" = q.\"enact$before\" WHERE q.ctid = p.ctid AND q." + TO_DO
                + " AND CASE WHEN q.\"enact$before\" IS NULL THEN t.tableoid IS NOT NULL"
                + " ELSE t.tableoid IS NULL OR NOT " + this.shape.identical("t", "b") + " END");
    }

    private String same(String one, String other) {
        return this.shape.sameKey(one, other);
    }
}
