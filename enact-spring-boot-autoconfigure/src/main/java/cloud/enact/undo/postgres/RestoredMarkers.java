package cloud.enact.undo.postgres;

import cloud.enact.undo.Restoration;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Which transactions were restored, and with what result. */
final class RestoredMarkers {

    /** Numbers before the first are those of capture objects that were removed since. */
    static final String REMOVED = """
            SELECT id, 0 FROM unnest(?::bigint[]) AS m (id) WHERE id < (SELECT s.seqstart FROM pg_sequence s
              WHERE s.seqrelid = pg_get_serial_sequence('enact_undo.marker', 'id')::regclass)""";

    private static final String PRUNED =
            "SELECT marker, coalesce(rollback, 0) FROM enact_undo.pruned WHERE marker = ANY (?::bigint[]) UNION ALL "
                    + REMOVED;

    private final Session session;

    private final Long[] markers;

    private final JsonMapper json = JsonMapper.builder().build();

    private final List<Long> rollbacks = new ArrayList<>();

    RestoredMarkers(Session session, Collection<Long> markers) {
        this.session = session;
        this.markers = markers.toArray(Long[]::new);
    }

    /**
     * The transactions that are still to be restored.
     *
     * @param lock whether to keep others from restoring the same ones
     */
    List<Long> pending(boolean lock) throws SQLException {
        Map<Long, Long> found = find(lock);
        if (lock && found.size() < this.markers.length) {
            awaitCommits();
            found = find(true);
        }
        requireNonePruned(found.keySet());
        found.values().stream().filter(rollback -> rollback != 0).distinct().forEach(this.rollbacks::add);
        return found.entrySet().stream()
                .filter(marker -> marker.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<Long, Long> find(boolean lock) throws SQLException {
        Map<Long, Long> found = new LinkedHashMap<>();
        this.session
                .list(
                        "SELECT id, coalesce(rollback, 0) FROM enact_undo.marker WHERE id = ANY (?::bigint[])"
                                + " ORDER BY id" + (lock ? " FOR UPDATE" : ""),
                        row -> Map.entry(row.getLong(1), row.getLong(2)),
                        (Object) this.markers)
                .forEach(marker -> found.put(marker.getKey(), marker.getValue()));
        return found;
    }

    /** A marker that can be put there is nobody's; one that a transaction has not committed yet is waited for. */
    void awaitCommits() throws SQLException {
        Long[] put = this.session
                .list(
                        "INSERT INTO enact_undo.marker (id, xid, run_id, action_id, token, state, joined) OVERRIDING SYSTEM"
                                + " VALUE SELECT m.id, pg_current_xact_id(), gen_random_uuid(), gen_random_uuid(), '', 'C',"
                                + " false FROM unnest(?::bigint[]) AS m (id) ORDER BY m.id ON CONFLICT (id) DO NOTHING"
                                + " RETURNING id",
                        row -> row.getLong(1),
                        (Object) this.markers)
                .toArray(Long[]::new);
        this.session.list(
                "DELETE FROM enact_undo.marker WHERE id = ANY (?::bigint[]) RETURNING id",
                row -> row.getLong(1),
                (Object) put);
    }

    /** A transaction that is not there was never committed, or its undo data is gone. */
    private void requireNonePruned(Collection<Long> found) throws SQLException {
        Long[] missing = Arrays.stream(this.markers)
                .filter(marker -> !found.contains(marker))
                .toArray(Long[]::new);
        if (missing.length == 0) {
            return;
        }
        List<Long> pruned = new ArrayList<>();
        this.session
                .list(PRUNED, row -> Map.entry(row.getLong(1), row.getLong(2)), missing, missing)
                .forEach(marker -> {
                    if (marker.getValue() == 0) {
                        pruned.add(marker.getKey());
                    } else {
                        this.rollbacks.add(marker.getValue());
                    }
                });
        if (!pruned.isEmpty()) {
            throw new PrunedException(pruned);
        }
    }

    /** What the restore reported that took back the last of these transactions. */
    RestoreReport earlier() throws SQLException {
        if (this.rollbacks.isEmpty()) {
            // none of them was committed, so there is nothing to take back
            return new RestoreReport(Restoration.ALREADY_RESTORED, false, false, List.of(), List.of(), 0, List.of());
        }
        List<String> reports = this.session.list(
                "SELECT report FROM enact_undo.rollback WHERE id = ANY (?::bigint[]) ORDER BY id DESC LIMIT 1",
                row -> row.getString(1),
                (Object) this.rollbacks.toArray(Long[]::new));
        RestoreReport report = this.json.readValue(reports.get(0), RestoreReport.class);
        return new RestoreReport(
                Restoration.ALREADY_RESTORED,
                report.exact(),
                report.triggers(),
                report.tables(),
                report.beside(),
                0,
                List.of());
    }

    /** Forgets that transactions were restored, because that is undone. */
    void reopen(Collection<Long> markers) throws SQLException {
        if (!markers.isEmpty()) {
            this.session.list(
                    "UPDATE enact_undo.marker SET rollback = NULL WHERE id = ANY (?::bigint[]) RETURNING id",
                    row -> row.getLong(1),
                    (Object) markers.toArray(Long[]::new));
        }
    }

    void remember(List<Long> pending, RestoreReport report) throws SQLException {
        this.session.list(
                "WITH done AS (INSERT INTO enact_undo.rollback (report) VALUES (?) RETURNING id)"
                        + " UPDATE enact_undo.marker m SET rollback = done.id FROM done WHERE m.id = ANY (?::bigint[])"
                        + " RETURNING m.id",
                row -> row.getLong(1),
                this.json.writeValueAsString(report),
                pending.toArray(Long[]::new));
    }
}
