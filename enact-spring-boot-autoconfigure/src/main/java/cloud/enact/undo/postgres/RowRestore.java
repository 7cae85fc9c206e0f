package cloud.enact.undo.postgres;

import cloud.enact.undo.Restoration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Brings rows back to what they were before a run changed them: all of one database, or nothing. */
public final class RowRestore {

    private final Duration patience;

    private final int shown;

    private final ValueMask mask;

    /**
     * Makes a restore.
     *
     * @param patience how long to wait for a lock
     * @param shown how many conflicts of each table a report shows
     * @param mask decides which values it shows
     */
    public RowRestore(Duration patience, int shown, ValueMask mask) {
        this.patience = patience;
        this.shown = shown;
        this.mask = mask;
    }

    /** Says what a restore would do now. Changes nothing and keeps nobody from anything. */
    public RestoreReport preview(Connection connection, Collection<Long> markers, Resolutions resolutions) {
        return run(connection, new Task(markers, resolutions, List.of(), null, true));
    }

    /**
     * Restores, and remembers that it did: the same markers are restored once.
     *
     * @param connection whose role may read the captured rows and write all tables
     * @param markers the transactions to undo
     * @param resolutions what to do with rows that were changed since
     * @throws PrunedException when what was captured in one of them is gone
     */
    public RestoreReport restore(Connection connection, Collection<Long> markers, Resolutions resolutions) {
        return run(connection, new Task(markers, resolutions, List.of(), null, false));
    }

    /**
     * Restores what another restore changed, or has what it changes captured itself.
     *
     * @param connection whose role may read the captured rows and write all tables
     * @param markers the transactions to undo
     * @param resolutions what to do with rows that were changed since
     * @param reopened transactions whose own restore is undone by that, so that they can be restored again
     * @param witness has captured what is changed, or {@code null}
     * @throws PrunedException when what was captured in one of them is gone
     */
    public RestoreReport restore(
            Connection connection,
            Collection<Long> markers,
            Resolutions resolutions,
            Collection<Long> reopened,
            @Nullable RestoreWitness witness) {
        return run(connection, new Task(markers, resolutions, reopened, witness, false));
    }

    /** Sees to it that nothing more of an action is committed, with the same patience. */
    public ActionFence fence() {
        return new ActionFence(this.patience);
    }

    /** The run of each of these transactions that was committed, also of those whose undo data was given up since. */
    public Map<Long, UUID> runs(Connection connection, Collection<Long> markers) {
        Long[] all = markers.toArray(Long[]::new);
        Map<Long, UUID> runs = new HashMap<>();
        try {
            new Session(connection)
                    .inTransaction(session -> session.list(
                            "SELECT id, run_id FROM enact_undo.marker WHERE id = ANY (?::bigint[])"
                                    + " UNION ALL SELECT marker, run_id FROM enact_undo.pruned"
                                    + " WHERE marker = ANY (?::bigint[])",
                            row -> Map.entry(row.getLong(1), row.getObject(2, UUID.class)),
                            all,
                            all))
                    .forEach(run -> runs.put(run.getKey(), run.getValue()));
        } catch (SQLException ex) {
            throw new CaptureException("The transactions of a run can't be read", ex);
        }
        return runs;
    }

    private RestoreReport run(Connection connection, Task task) {
        try {
            return new Session(connection).inTransaction(session -> run(session, task));
        } catch (SQLException ex) {
            throw new CaptureException("The rows can't be restored, nothing was changed", ex);
        }
    }

    /** What is wanted of a restore. */
    private record Task(
            Collection<Long> markers,
            Resolutions resolutions,
            Collection<Long> reopened,
            @Nullable RestoreWitness witness,
            boolean preview) {}

    private RestoreReport run(Session session, Task task) throws SQLException {
        boolean preview = task.preview();
        Resolutions resolutions = task.resolutions();
        if (task.witness() != null) {
            WitnessedRestore.announce(session);
        }
        session.execute("SET LOCAL lock_timeout = " + this.patience.toMillis());
        RestoredMarkers restored = new RestoredMarkers(session, task.markers());
        List<Long> pending = restored.pending(!preview);
        if (pending.isEmpty()) {
            return restored.earlier();
        }
        Ending ending = new Ending(
                restored,
                pending,
                task.reopened(),
                (task.witness() != null) ? WitnessedRestore.enter(session, task.witness()) : null);
        Map<TouchedTable, TableShape> touched = touched(session, pending);
        List<Long> relations =
                touched.keySet().stream().map(TouchedTable::relation).toList();
        List<ForeignKey> keys = ForeignKey.of(session, relations);
        RestoreMode mode = RestoreMode.of(session, relations);
        if (!preview && resolutions.isEmpty()) {
            Map<Long, PlainRows> plain = new LinkedHashMap<>();
            touched.forEach((table, shape) ->
                    plain.put(table.relation(), new PlainRows(shape, Captured.of(table, pending), table)));
            List<TableRestore> done =
                    new PlainRestore(plain.values(), new ForeignKeys(plain, keys), mode).attempt(session);
            if (done != null) {
                return ending.of(session, touched.keySet(), mode, done);
            }
        }
        Map<Long, RestoredTable> tables = new LinkedHashMap<>();
        touched.forEach((table, shape) -> {
            Captured captured = Captured.of(table, pending);
            tables.put(
                    table.relation(),
                    shape.hasKey() ? new KeyedRows(shape, captured) : new UnkeyedRows(shape, captured));
        });
        ForeignKeys references = new ForeignKeys(tables, keys);
        for (RestoredTable table : tables.values()) {
            table.plan(session, !preview);
        }
        if (mode.exact() && !preview) {
            references.lockParents(session);
        }
        resolve(session, tables, references, resolutions);
        List<TableRestore> summaries = new ArrayList<>();
        List<RowConflict> conflicts = new ArrayList<>();
        long count = 0;
        for (RestoredTable table : tables.values()) {
            summaries.add(table.summary(session));
            count += table.conflicts(session);
            conflicts.addAll(table.conflicts(session, this.shown, this.mask));
        }
        if (count > 0) {
            session.forget();
            return RestoreReport.refused(Restoration.CONFLICT, mode, summaries, count, conflicts);
        }
        if (preview) {
            session.forget();
            return RestoreReport.restored(mode, summaries, List.of());
        }
        try {
            mode.apply(session, tables.values());
        } catch (SQLException ex) {
            RowConflict refused = refused(ex);
            if (refused == null) {
                throw ex;
            }
            session.forget();
            return RestoreReport.refused(Restoration.CONFLICT, mode, summaries, 1, List.of(refused));
        }
        for (RestoredTable table : tables.values()) {
            count += table.verify(session);
            conflicts.addAll(table.conflicts(session, this.shown, this.mask));
        }
        if (count > 0) {
            session.forget();
            return RestoreReport.refused(Restoration.FAILED, mode, summaries, count, conflicts);
        }
        return ending.of(session, touched.keySet(), mode, summaries);
    }

    /** How a restore ends that was no conflict. */
    private record Ending(
            RestoredMarkers restored,
            List<Long> pending,
            Collection<Long> reopened,
            @Nullable WitnessedRestore witnessed) {

        private RestoreReport of(
                Session session, Collection<TouchedTable> touched, RestoreMode mode, List<TableRestore> summaries)
                throws SQLException {
            if (touched.stream().anyMatch(TouchedTable::truncated)) {
                RestartedSequences.advance(session, this.pending);
            }
            List<TableName> beside = WrittenBeside.of(session, touched);
            RestoreReport report = RestoreReport.restored(mode, summaries, beside);
            this.restored.remember(this.pending, report);
            this.restored.reopen(this.reopened);
            if (this.witnessed != null) {
                this.witnessed.leave(this.pending, beside);
            }
            return report;
        }
    }

    /** Leaving a row as it is can take away what another one refers to, so this goes on until nothing changes. */
    private static void resolve(
            Session session, Map<Long, RestoredTable> tables, ForeignKeys references, Resolutions resolutions)
            throws SQLException {
        long changed;
        do {
            changed = 0;
            for (RestoredTable table : tables.values()) {
                changed += table.resolve(session, resolutions);
            }
            changed += references.check(session);
        } while (changed > 0);
    }

    private static Map<TouchedTable, TableShape> touched(Session session, Collection<Long> markers)
            throws SQLException {
        Map<TouchedTable, TableShape> touched = new LinkedHashMap<>();
        for (TouchedTable table : TouchedTable.of(session, markers)) {
            table.requireUnchanged();
            if (touched.keySet().stream().anyMatch(other -> other.relation() == table.relation())) {
                throw new CaptureException("A table (oid " + table.relation()
                        + ") was protected anew within the run, so it is not known what it was like before");
            }
            touched.put(table, TableShape.read(session, table.relation()));
        }
        return touched;
    }

    private static @Nullable RowConflict refused(SQLException ex) {
        String state = ex.getSQLState();
        if (state == null || !state.startsWith(RestoreMode.CONSTRAINTS) || !(ex instanceof PSQLException server)) {
            return null;
        }
        // its message and detail quote values
        ServerErrorMessage message = server.getServerErrorMessage();
        return new RowConflict(
                new TableName(
                        (message != null && message.getSchema() != null) ? message.getSchema() : "",
                        (message != null && message.getTable() != null) ? message.getTable() : ""),
                "",
                RowConflict.Kind.CONSTRAINT,
                Map.of(),
                null,
                null,
                (message != null) ? message.getConstraint() : null);
    }
}
