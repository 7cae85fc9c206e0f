package cloud.enact.undo.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds out which transactions of an action were committed, and sees to it that none of it is from now on. An executor
 * that was stopped in the middle may wake up long after everybody gave it up: the end of its capturing and its
 * cancelling take the same lock, so one of them sees the other.
 */
public final class ActionFence {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String CANCEL = """
            WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(enact_undo.fence(?::uuid, ?::uuid)))
            INSERT INTO enact_undo.cancelled (run_id, action_id) SELECT ?::uuid, ?::uuid FROM locked
            ON CONFLICT DO NOTHING RETURNING 1""";

    private static final String TRACES = """
            SELECT id, run_id, rollback IS NOT NULL FROM enact_undo.marker WHERE id = ANY (?::bigint[])
            UNION ALL
            SELECT marker, run_id, rollback IS NOT NULL FROM enact_undo.pruned WHERE marker = ANY (?::bigint[])""";

    private final Duration patience;

    /**
     * Makes a fence.
     *
     * @param patience how long to wait for a transaction that is about to end
     */
    public ActionFence(Duration patience) {
        this.patience = patience;
    }

    /**
     * Cancels an action: what it has not committed by then it never will. What it has stays.
     *
     * @param connection whose role owns the capture objects
     * @return {@code false} when one of its transactions has done its work and is about to be committed, or not; ask
     *     again
     */
    public boolean cancel(Connection connection, UUID run, UUID action) {
        try {
            return new Session(connection).inTransaction(session -> {
                if (!CaptureObjects.isInstalled(session)) {
                    // nothing can be captured, so nothing can be committed
                    return true;
                }
                if (CaptureObjects.isEarlier(session)) {
                    throw new CaptureException("The capture objects are of an earlier version and know no cancelled"
                            + " actions: install them again");
                }
                limitWaiting(session);
                session.list(CANCEL, row -> 1, run, action, run, action);
                return true;
            });
        } catch (SQLException ex) {
            if (LOCK_NOT_AVAILABLE.equals(ex.getSQLState())) {
                return false;
            }
            throw new CaptureException("The database can't be asked to cancel an action", ex);
        }
    }

    /** What is known of a transaction that was committed, also of one whose undo data was given up since. */
    public record Trace(UUID run, boolean restored) {}

    /**
     * What is known of some transactions. One that is not among the answers was not committed, and never will be.
     *
     * @param connection whose role may read and write the capture objects
     * @param markers their numbers
     * @throws PrunedException when the capture objects of one of them were removed
     * @throws CaptureException also when one of them is still open
     */
    public Map<Long, Trace> traces(Connection connection, Collection<Long> markers) {
        try {
            return new Session(connection).inTransaction(session -> {
                requireInstalled(session);
                limitWaiting(session);
                Map<Long, Trace> found = find(session, markers);
                List<Long> missing = markers.stream()
                        .filter(marker -> !found.containsKey(marker))
                        .toList();
                if (!missing.isEmpty()) {
                    new RestoredMarkers(session, missing).awaitCommits();
                    found.putAll(find(session, missing));
                    missing = missing.stream()
                            .filter(marker -> !found.containsKey(marker))
                            .toList();
                    List<Long> removed = session.list(
                            RestoredMarkers.REMOVED, row -> row.getLong(1), (Object) missing.toArray(Long[]::new));
                    // nothing that was put there to wait stays
                    session.forget();
                    if (!removed.isEmpty()) {
                        throw new PrunedException(removed);
                    }
                }
                return found;
            });
        } catch (SQLException ex) {
            throw new CaptureException("The transactions of the action can't be looked for", ex);
        }
    }

    private static Map<Long, Trace> find(Session session, Collection<Long> markers) throws SQLException {
        Long[] all = markers.toArray(Long[]::new);
        Map<Long, Trace> traces = new HashMap<>();
        session.list(
                        TRACES,
                        row -> Map.entry(row.getLong(1), new Trace(row.getObject(2, UUID.class), row.getBoolean(3))),
                        all,
                        all)
                .forEach(trace -> traces.put(trace.getKey(), trace.getValue()));
        return traces;
    }

    private void limitWaiting(Session session) throws SQLException {
        session.execute("SET LOCAL lock_timeout = " + Math.max(1, this.patience.toMillis()));
    }

    private static void requireInstalled(Session session) throws SQLException {
        if (!CaptureObjects.isInstalled(session)) {
            throw new CaptureException("There are no capture objects in this database");
        }
    }
}
