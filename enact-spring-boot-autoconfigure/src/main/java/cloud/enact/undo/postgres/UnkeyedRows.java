package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table without a primary key: how many of each image were added or removed, since identical rows can't
 * be told apart.
 */
final class UnkeyedRows implements RestoredTable {

    private final TableShape shape;

    private final Captured captured;

    private final PlannedRows planned;

    private final String table;

    private final String plan;

    private final String places;

    UnkeyedRows(TableShape shape, Captured captured) {
        this.shape = shape;
        this.captured = captured;
        this.table = shape.name().quoted();
        this.plan = captured.temporary("plan");
        this.places = captured.temporary("places");
        this.planned = new PlannedRows(shape, captured, this.plan);
    }

    @Override
    public TableShape shape() {
        return this.shape;
    }

    @Override
    public void plan(Session session, boolean lock) throws SQLException {
        this.captured.analyze(session);
        if (lock) {
            // no row can be named, so none may move
            session.execute("LOCK TABLE " + this.table + " IN SHARE ROW EXCLUSIVE MODE");
        }
        String net = "sum(CASE u.\"enact$side\" WHEN 'N' THEN 1 ELSE -1 END)";
        session.execute("CREATE TEMPORARY TABLE " + this.plan + " ON COMMIT DROP AS SELECT " + this.shape.image("u")
                + " AS \"enact$image\", min(u.\"enact$id\") AS \"enact$id\", " + net + "::bigint AS \"enact$net\","
                + " 0::bigint AS \"enact$total\", 'F'::\"char\" AS \"enact$state\", NULL::text AS \"enact$detail\" FROM "
                + this.captured.rows("u") + " GROUP BY 1 HAVING " + net + " <> 0");
        session.execute("ANALYZE " + this.plan);
        session.execute("UPDATE " + this.plan + " p SET \"enact$total\" = f.total FROM (" + totals() + ") AS f"
                + " WHERE f.image = p.\"enact$image\"");
        session.execute("CREATE TEMPORARY TABLE " + this.places + " ON COMMIT DROP AS SELECT f.* FROM (SELECT"
                + " t.tableoid AS \"enact$table\", t.ctid AS \"enact$place\", p.\"enact$image\", p.\"enact$net\","
                + " row_number() OVER (PARTITION BY p.\"enact$image\" ORDER BY t.tableoid, t.ctid) AS nth FROM "
                + this.table + " t JOIN " + this.plan + " p ON p.\"enact$image\" = " + this.shape.image("t")
                + " WHERE p.\"enact$net\" > 0) AS f WHERE f.nth <= f.\"enact$net\"");
        session.execute("ANALYZE " + this.places);
        session.execute("UPDATE " + this.plan + " SET \"enact$state\" = 'M', \"enact$detail\" ="
                + " format('%s of %s rows', \"enact$total\", \"enact$net\") WHERE \"enact$total\" < \"enact$net\"");
    }

    /** How many rows there are of each image that the plan is about. */
    private String totals() {
        return "SELECT q.\"enact$image\" AS image, count(*) AS total FROM " + this.table + " t JOIN " + this.plan
                + " q ON q.\"enact$image\" = " + this.shape.image("t") + " GROUP BY 1";
    }

    @Override
    public long resolve(Session session, Resolutions resolutions) throws SQLException {
        String handle = TableShape.handleOf("p.\"enact$image\"");
        return this.planned.resolve(session, resolutions, handle, handle);
    }

    @Override
    public long markRemoved(Session session, char state, String detail, List<String> referenced, String condition)
            throws SQLException {
        return this.planned.mark(
                session,
                state,
                detail,
                this.places + " l JOIN " + this.table + " t ON " + at("t", "l"),
                "l.\"enact$image\" = p.\"enact$image\" AND " + condition);
    }

    @Override
    public long markRestored(Session session, char state, String detail, String condition) throws SQLException {
        return this.planned.mark(
                session,
                state,
                detail,
                this.captured.rows("b"),
                "b.\"enact$id\" = p.\"enact$id\" AND p.\"enact$net\" < 0 AND " + condition);
    }

    @Override
    public String stays(String alias) {
        return "NOT EXISTS (SELECT FROM " + this.places + " sl JOIN " + this.plan
                + " sp ON sp.\"enact$image\" = sl.\"enact$image\" WHERE " + at(alias, "sl") + " AND sp." + TO_DO + ")";
    }

    @Override
    public String comesBack(String condition) {
        return "EXISTS (SELECT FROM " + this.captured.rows("cb") + " JOIN " + this.plan
                + " cp ON cb.\"enact$id\" = cp.\"enact$id\" WHERE cp.\"enact$net\" < 0 AND cp." + TO_DO + " AND "
                + condition + ")";
    }

    @Override
    public TableRestore summary(Session session) throws SQLException {
        return session.list(
                        "SELECT " + sum("-\"enact$net\"", "\"enact$net\" < 0 AND " + TO_DO) + ", "
                                + sum("least(\"enact$net\", \"enact$total\")", "\"enact$net\" > 0 AND " + TO_DO) + ", "
                                + sum("least(\"enact$net\", \"enact$total\")", "\"enact$state\" = 'O'") + ", "
                                + sum("abs(\"enact$net\")", "\"enact$state\" = 'X'") + " FROM " + this.plan,
                        row -> new TableRestore(
                                this.shape.name(),
                                row.getLong(1),
                                row.getLong(2),
                                0,
                                0,
                                row.getLong(3),
                                row.getLong(4)))
                .get(0);
    }

    private static String sum(String of, String condition) {
        return "coalesce(sum(" + of + ") FILTER (WHERE " + condition + "), 0)::bigint";
    }

    @Override
    public long conflicts(Session session) throws SQLException {
        return this.planned.conflicts(session);
    }

    @Override
    public List<RowConflict> conflicts(Session session, int limit, ValueMask mask) throws SQLException {
        return this.planned.unkeyed(session, limit, mask);
    }

    /** Rows of this table are never set back: an image is there as often as it should, or not. */
    @Override
    public Planned delete(Session session, boolean all) throws SQLException {
        return new Planned(
                "DELETE FROM " + this.table + " t USING " + this.places + " l JOIN " + this.plan
                        + " p ON p.\"enact$image\" = l.\"enact$image\" WHERE " + at("t", "l") + " AND p." + TO_DO,
                session.number("SELECT count(*) FROM " + this.places + " l JOIN " + this.plan
                        + " p ON p.\"enact$image\" = l.\"enact$image\" WHERE p." + TO_DO));
    }

    @Override
    public Planned insert(Session session, boolean all) throws SQLException {
        String which = "p.\"enact$net\" < 0 AND p." + TO_DO;
        return new Planned(
                this.shape.insertFrom("b") + " FROM " + this.plan + " p JOIN " + this.captured.rows("b")
                        + " ON b.\"enact$id\" = p.\"enact$id\" CROSS JOIN LATERAL generate_series(1, -p.\"enact$net\")"
                        + " WHERE " + which,
                session.number("SELECT coalesce(sum(-p.\"enact$net\"), 0) FROM " + this.plan + " p WHERE " + which));
    }

    @Override
    public @Nullable Planned update(Session session) {
        return null;
    }

    @Override
    public long verify(Session session) throws SQLException {
        return session.update("UPDATE " + this.plan + " p SET \"enact$state\" = 'D' FROM " + this.plan
                + " r LEFT JOIN (" + totals() + ") AS f ON f.image = r.\"enact$image\" WHERE r.ctid = p.ctid AND r."
                + TO_DO + " AND coalesce(f.total, 0) <> greatest(r.\"enact$total\" - r.\"enact$net\", 0)");
    }

    private static String at(String row, String place) {
        return row + ".ctid = " + place + ".\"enact$place\" AND " + row + ".tableoid = " + place + ".\"enact$table\"";
    }
}
