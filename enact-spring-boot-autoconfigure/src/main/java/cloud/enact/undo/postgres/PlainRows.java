package cloud.enact.undo.postgres;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that the run touched once each, and nobody since: what was captured is the plan. Whatever else
 * there is makes a number of rows differ from what was captured, and nothing is decided here then.
 */
final class PlainRows implements RestoredTable {

    private final TableShape shape;

    private final Captured captured;

    private final TouchedTable touched;

    private final String table;

    /** Keys with a row before the run and one after it. */
    private long both;

    PlainRows(TableShape shape, Captured captured, TouchedTable touched) {
        this.shape = shape;
        this.captured = captured;
        this.touched = touched;
        this.table = shape.name().quoted();
    }

    /** Whether the run did nothing but remove rows. */
    boolean onlyRemoved() {
        return this.touched.after() == 0;
    }

    /** Whether all rows are as the run left them; they stay so until the end. */
    boolean areUntouched(Session session) throws SQLException {
        if (onlyRemoved()) {
            // a key that is back already is found when the rows are put back
            return true;
        }
        if (!this.shape.hasKey()) {
            return false;
        }
        String pairs = " FROM " + old("b") + " JOIN " + added("a") + " ON " + same("b", "a");
        if (this.touched.before() > 0) {
            this.both = session.number("SELECT count(*)" + pairs);
        }
        // counted, because for the first of many the planner compares each with each, and mostly there is none
        boolean same = this.both > 0
                && session.number("SELECT count(*)" + pairs + " WHERE " + this.shape.identical("b", "a")) > 0;
        return !same && session.number(locked()) == this.touched.after();
    }

    @Override
    public TableShape shape() {
        return this.shape;
    }

    @Override
    public void plan(Session session, boolean lock) throws SQLException {
        this.captured.analyze(session);
    }

    /** Rows are looked at once more when they were waited for, and one that differs then is not counted. */
    private String locked() {
        return "SELECT count(*) FROM (SELECT 1 FROM " + this.table + " t JOIN " + added("a") + " ON " + same("t", "a")
                + " AND " + this.shape.identical("t", "a") + " ORDER BY " + this.shape.keys("a")
                + " FOR UPDATE OF t) AS locked";
    }

    @Override
    public long resolve(Session session, Resolutions resolutions) {
        return 0;
    }

    @Override
    public long markRemoved(Session session, char state, String detail, List<String> referenced, String condition)
            throws SQLException {
        if (onlyRemoved()) {
            return 0;
        }
        // a key that stays is referred to as before
        boolean keyed = this.shape.isKey(referenced);
        return count(
                session,
                "SELECT FROM " + this.table + " t JOIN " + added("a") + " ON " + same("t", "a") + " WHERE " + condition
                        + (keyed ? " AND " + isNew("a") : ""));
    }

    @Override
    public long markRestored(Session session, char state, String detail, String condition) throws SQLException {
        return (this.touched.before() == 0) ? 0 : count(session, "SELECT FROM " + old("b") + " WHERE " + condition);
    }

    private static long count(Session session, String sql) throws SQLException {
        return session.holds("SELECT EXISTS (" + sql + ")") ? 1 : 0;
    }

    @Override
    public String stays(String alias) {
        return onlyRemoved() ? "true" : "NOT EXISTS (SELECT FROM " + added("sa") + " WHERE " + same(alias, "sa") + ")";
    }

    @Override
    public String comesBack(String condition) {
        return (this.touched.before() == 0)
                ? "false"
                : "EXISTS (SELECT FROM " + old("cb") + " WHERE " + condition + ")";
    }

    @Override
    public TableRestore summary(Session session) {
        return new TableRestore(
                this.shape.name(),
                this.touched.before() - this.both,
                this.touched.after() - this.both,
                this.both,
                0,
                0,
                0);
    }

    @Override
    public long conflicts(Session session) {
        return 0;
    }

    @Override
    public List<RowConflict> conflicts(Session session, int limit, ValueMask mask) {
        return List.of();
    }

    @Override
    public Planned delete(Session session, boolean all) {
        return new Planned(
                "DELETE FROM " + this.table + " t USING " + added("a") + " WHERE " + same("t", "a")
                        + (all ? "" : " AND " + isNew("a")),
                this.touched.after() - (all ? 0 : this.both));
    }

    @Override
    public Planned insert(Session session, boolean all) {
        boolean some = !all && this.both > 0;
        return new Planned(
                this.shape.insertFrom("b") + " FROM " + old("b")
                        + (some
                                ? " WHERE NOT EXISTS (SELECT FROM " + added("a") + " WHERE " + same("a", "b") + ")"
                                : ""),
                this.touched.before() - (all ? 0 : this.both));
    }

    @Override
    public @Nullable Planned update(Session session) {
        String assignments = this.shape.assignments("b");
        return assignments.isEmpty()
                ? null
                : new Planned(
                        "UPDATE " + this.table + " t SET " + assignments + " FROM " + old("b") + " JOIN " + added("a")
                                + " ON " + same("b", "a") + " WHERE " + same("t", "a"),
                        this.both);
    }

    /** Whether something of these rows may be computed, or is left out when they are set back. */
    boolean mayDiffer(RestoreMode mode) {
        return !mode.undisturbed()
                || !mode.exact() && !onlyRemoved()
                || this.shape.columns().stream().anyMatch(Column::generated);
    }

    @Override
    public long verify(Session session) throws SQLException {
        if (!this.shape.hasKey()) {
            return 1;
        }
        long back = session.number("SELECT count(*) FROM " + old("b") + " JOIN " + this.table + " t ON "
                + same("t", "b") + " AND " + this.shape.identical("t", "b"));
        long left = count(
                session,
                "SELECT FROM " + added("a") + " JOIN " + this.table + " t ON " + same("t", "a") + " WHERE "
                        + isNew("a"));
        return this.touched.before() - back + left;
    }

    private String isNew(String alias) {
        return (this.both == 0 && this.touched.before() == 0)
                ? "true"
                : "NOT EXISTS (SELECT FROM " + old("nb") + " WHERE " + same("nb", alias) + ")";
    }

    private String old(String alias) {
        return this.captured.rows(alias, 'O');
    }

    private String added(String alias) {
        return this.captured.rows(alias, 'N');
    }

    private String same(String one, String other) {
        return this.shape.sameKey(one, other);
    }
}
