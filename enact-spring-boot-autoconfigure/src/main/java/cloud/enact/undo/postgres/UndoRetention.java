package cloud.enact.undo.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Removes what was captured long ago. First a run is given up, at once: from then on nobody restores it. Then its rows
 * go, a few at a time. Of each transaction a line stays that says so.
 */
public final class UndoRetention {

    private static final int BATCH = 10_000;

    private static final String IN_USE = "55P03";

    /** Whoever may enter a transaction names its run; other ids than those of version 7 are not of a governed action. */
    private static final String EXPIRED = """
            SELECT m.run_id, bool_and(m.rollback IS NOT NULL) FROM enact_undo.marker m
            WHERE NOT m.run_id = ANY (?::uuid[])
              AND substr(m.run_id::text, 15, 1) = '7' AND substr(m.run_id::text, 20, 1) IN ('8', '9', 'a', 'b')
            GROUP BY m.run_id HAVING max(m.started) < ?::timestamptz ORDER BY max(m.started) LIMIT ?""";

    /** Nothing is said of transactions that changed nothing. */
    private static final String GIVE_UP = """
            WITH gone AS (DELETE FROM enact_undo.marker m WHERE m.run_id = ?::uuid
              AND NOT EXISTS (SELECT FROM enact_undo.marker n WHERE n.run_id = m.run_id AND n.started >= ?::timestamptz)
              RETURNING m.id, m.run_id, m.rollback),
            kept AS (INSERT INTO enact_undo.pruned (marker, run_id, rollback)
              SELECT g.id, g.run_id, g.rollback FROM gone g
              WHERE EXISTS (SELECT FROM enact_undo.statement s WHERE s.marker = g.id))
            SELECT count(*) FROM gone""";

    private static final String MARKERS =
            "(SELECT p.marker FROM enact_undo.pruned p WHERE NOT p.emptied AND p.run_id = ANY (?::uuid[]))";

    private final Duration patience;

    /**
     * Makes a retention.
     *
     * @param patience how long to wait for a lock
     */
    public UndoRetention(Duration patience) {
        this.patience = patience;
    }

    /**
     * The runs whose transactions were all begun before then, oldest first, and whether all of each was restored.
     *
     * @param without runs to leave out
     * @param limit at most so many
     */
    public List<Map.Entry<UUID, Boolean>> expired(
            Connection connection, Instant before, Collection<UUID> without, int limit) {
        return run(
                connection,
                session -> session.list(
                        EXPIRED,
                        row -> Map.entry(row.getObject(1, UUID.class), row.getBoolean(2)),
                        array(without),
                        Timestamp.from(before),
                        limit));
    }

    /** Gives a run up; returns whether that was done: not while somebody restores it, nor when it went on since. */
    public boolean giveUp(Connection connection, UUID run, Instant before) {
        return run(connection, session -> {
            try {
                session.list(
                        "SELECT id FROM enact_undo.marker WHERE run_id = ?::uuid ORDER BY id FOR UPDATE NOWAIT",
                        row -> row.getLong(1),
                        run);
            } catch (SQLException ex) {
                if (IN_USE.equals(ex.getSQLState())) {
                    session.forget();
                    return false;
                }
                throw ex;
            }
            return session.list(GIVE_UP, row -> row.getLong(1), run, Timestamp.from(before))
                            .get(0)
                    > 0;
        });
    }

    /** Runs that were given up and whose rows are still there. */
    public List<UUID> givenUp(Connection connection, int limit) {
        return run(
                connection,
                session -> session.list(
                        "SELECT DISTINCT run_id FROM enact_undo.pruned WHERE NOT emptied LIMIT ?",
                        row -> row.getObject(1, UUID.class),
                        limit));
    }

    /** Removes the rows of runs that were given up, in transactions of a bounded size; returns how many. */
    public long remove(Connection connection, Collection<UUID> runs) {
        Object given = array(runs);
        List<Integer> tables = run(
                connection,
                session -> session.list(
                        "SELECT DISTINCT s.protected FROM enact_undo.statement s WHERE s.marker IN " + MARKERS
                                + " AND to_regclass('enact_undo.u_' || s.protected) IS NOT NULL",
                        row -> row.getInt(1),
                        given));
        long removed = 0;
        for (int table : tables) {
            long some;
            do {
                some = run(connection, session -> removeSome(session, CaptureScript.undoTable(table), given));
                removed += some;
            } while (some == BATCH);
        }
        run(connection, session -> {
            session.list(
                    "DELETE FROM enact_undo.statement WHERE marker IN " + MARKERS + " RETURNING 1", row -> 1, given);
            return session.list(
                    "UPDATE enact_undo.pruned SET emptied = true WHERE NOT emptied AND run_id = ANY (?::uuid[])"
                            + " RETURNING 1",
                    row -> 1,
                    given);
        });
        return removed;
    }

    private static long removeSome(Session session, String table, Object runs) throws SQLException {
        String sql = "WITH gone AS (DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT u.ctid FROM " + table
                + " u WHERE u.\"enact$marker\" IN " + MARKERS + " LIMIT " + BATCH + ")) RETURNING 1)"
                + " SELECT count(*) FROM gone";
        return session.list(sql, row -> row.getLong(1), runs).get(0);
    }

    private static String array(Collection<UUID> runs) {
        // the text of a UUID has nothing in it that an array would read otherwise
        return "{" + String.join(",", runs.stream().map(UUID::toString).toList()) + "}";
    }

    private <T> T run(Connection connection, Session.Work<T> work) {
        try {
            return new Session(connection).inTransaction(session -> {
                session.execute("SET LOCAL lock_timeout = " + this.patience.toMillis());
                if (!CaptureObjects.isInstalled(session)) {
                    throw new CaptureException("There are no capture objects in this database");
                }
                return work.run(session);
            });
        } catch (SQLException ex) {
            throw new CaptureException("Old undo data can't be removed", ex);
        }
    }
}
