package cloud.enact.connector.postgres;

import cloud.enact.action.RunId;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.ReversalLog;
import cloud.enact.undo.RunUndo;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoChoices;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.postgres.ActionFence;
import cloud.enact.undo.postgres.CaptureException;
import cloud.enact.undo.postgres.Connections;
import cloud.enact.undo.postgres.PrunedException;
import cloud.enact.undo.postgres.Resolutions;
import cloud.enact.undo.postgres.RestoreReport;
import cloud.enact.undo.postgres.RestoreWitness;
import cloud.enact.undo.postgres.RowRestore;
import cloud.enact.undo.postgres.TableName;
import cloud.enact.undo.postgres.ValueMask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts back the rows that governed actions changed in one database, in one transaction. Thread-safe. */
public final class RowsUndo implements RunUndo {

    private static final FailureLog failures = new FailureLog(RowsUndo.class);

    private final String database;

    private final Connections connections;

    private final RowRestore restore;

    private final RowsReport report;

    /**
     * Creates the way back for one database.
     *
     * @param database name of the guarded data source
     * @param connections whose role may read what was captured and write all protected tables
     * @param restore does the work
     * @param mask decides which values of rows in conflict are shown, but for those of keys
     */
    public RowsUndo(String database, Connections connections, RowRestore restore, ValueMask mask) {
        this.database = database;
        this.connections = connections;
        this.restore = restore;
        this.report = new RowsReport(mask);
    }

    /** Whether a step was made by changes of rows, so that this is its way back. */
    public static boolean undoes(UndoRecord record) {
        return ChangeStep.isMarked(record);
    }

    @Override
    public String connector() {
        return this.database;
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst, UndoChoices choices) {
        return answer(newestFirst, choices, this.restore::preview);
    }

    @Override
    public List<StepRestoration> undo(List<UndoRecord> newestFirst, UndoChoices choices) {
        return answer(newestFirst, choices, this.restore::restore);
    }

    @Override
    public List<StepRestoration> undo(List<UndoRecord> newestFirst, UndoChoices choices, ReversalLog reversals) {
        Set<Long> reopened = new LinkedHashSet<>();
        newestFirst.forEach(record -> reopened.addAll(ChangeStep.reopens(record)));
        RestoreWitness witness = new RowsReversal(newestFirst.get(0).operation(), reversals);
        return answer(
                newestFirst,
                choices,
                (connection, markers, resolutions) ->
                        this.restore.restore(connection, markers, resolutions, reopened, witness));
    }

    @Override
    public StepProbe probe(UndoRecord record) {
        if (!record.connector().equals(this.database) || !ChangeStep.isMarked(record)) {
            return unknown(record, "It was not done in database " + this.database + ".");
        }
        if (record.state() == UndoRecord.State.DONE && ChangeStep.isCommitted(record)) {
            return StepProbe.noted(record);
        }
        try (Connection connection = this.connections.open()) {
            long marker = ChangeStep.marker(record);
            ActionFence.Trace trace =
                    this.restore.fence().traces(connection, List.of(marker)).get(marker);
            if (trace == null) {
                return StepProbe.of(record, StepProbe.Finding.NOT_DONE, "Its transaction was never committed.");
            }
            if (!trace.run().equals(record.runId().value())) {
                return unknown(record, "Its marker is that of another run.");
            }
            return trace.restored()
                    ? StepProbe.of(
                            record,
                            StepProbe.Finding.NOT_DONE,
                            "Its transaction was committed, and its rows were restored since.")
                    : StepProbe.of(record, StepProbe.Finding.DONE, "Its transaction was committed.");
        } catch (PrunedException ex) {
            return unknown(record, "The capture objects it was marked in are gone.");
        } catch (CaptureException ex) {
            return unknown(record, "Its transaction may be open still, or the database does not answer.");
        } catch (SQLException ex) {
            return unknown(record, "Database " + this.database + " can't be reached.");
        }
    }

    private static StepProbe unknown(UndoRecord record, String detail) {
        return StepProbe.of(record, StepProbe.Finding.UNKNOWN, detail);
    }

    @Override
    public @Nullable String cancel(RunId runId, UUID actionId) {
        try (Connection connection = this.connections.open()) {
            return this.restore.fence().cancel(connection, runId.value(), actionId)
                    ? null
                    : "A transaction of it in database " + this.database + " is about to be committed.";
        } catch (CaptureException | SQLException ex) {
            failures.warn("Action " + actionId + " can't be cancelled in database " + this.database, ex);
            String why =
                    (ex instanceof CaptureException known) ? String.valueOf(known.getMessage()) : "it can't be reached";
            return "Nobody can keep it from committing in database " + this.database + ": " + why + ".";
        }
    }

    @Override
    public boolean knows(List<UndoRecord> records, String row) {
        RowName name = name(row);
        return name != null
                && records.stream().anyMatch(record -> ChangeStep.tables(record).contains(name.table()));
    }

    private @Nullable RowName name(String row) {
        String own = this.database + "/";
        return RowName.parse(row.startsWith(own) ? row.substring(own.length()) : row);
    }

    private Resolutions resolutions(List<UndoRecord> records, UndoChoices choices) {
        Map<TableName, Resolutions.Choice> tables = new HashMap<>();
        Map<TableName, Map<String, Resolutions.Choice>> rows = new HashMap<>();
        records.stream()
                .filter(record -> choices.forces(record.position()))
                .flatMap(record -> ChangeStep.tables(record).stream())
                .forEach(table -> tables.put(table, Resolutions.Choice.FORCE));
        decide(choices.forcedRows(), Resolutions.Choice.FORCE, tables, rows);
        decide(choices.skippedRows(), Resolutions.Choice.SKIP, tables, rows);
        return new Resolutions(tables, rows);
    }

    private void decide(
            Set<String> names,
            Resolutions.Choice choice,
            Map<TableName, Resolutions.Choice> tables,
            Map<TableName, Map<String, Resolutions.Choice>> rows) {
        for (String text : names) {
            RowName name = name(text);
            if (name != null && name.handle() == null) {
                tables.put(name.table(), choice);
            } else if (name != null) {
                rows.computeIfAbsent(name.table(), table -> new HashMap<>()).put(name.handle(), choice);
            }
        }
    }

    private List<StepRestoration> answer(List<UndoRecord> records, UndoChoices choices, Work work) {
        if (records.stream().anyMatch(record -> !record.connector().equals(this.database))) {
            return lines(records, Restoration.FAILED, "It was not done in database " + this.database + ".");
        }
        List<UndoRecord> here = records.stream()
                .filter(record -> !ChangeStep.tables(record).isEmpty())
                .toList();
        if (here.isEmpty()) {
            return lines(records, here, null);
        }
        try (Connection connection = this.connections.open()) {
            // a number alone may be that of another run, where the capture objects were made again since
            Map<Long, UUID> runs = this.restore.runs(connection, markers(here));
            if (here.stream().anyMatch(record -> isLost(record, runs))) {
                return lines(records, List.of(), null);
            }
            return lines(records, here, work.on(connection, markers(here), resolutions(here, choices)));
        } catch (PrunedException ex) {
            return lines(records, List.of(), null);
        } catch (SQLException ex) {
            return lines(records, Restoration.FAILED, "Database " + this.database + " can't be reached. Try again.");
        }
    }

    private static boolean isLost(UndoRecord record, Map<Long, UUID> runs) {
        UUID run = runs.get(ChangeStep.marker(record));
        return (run != null) ? !run.equals(record.runId().value()) : ChangeStep.isCommitted(record);
    }

    private static List<Long> markers(List<UndoRecord> records) {
        Set<Long> markers = new LinkedHashSet<>();
        records.forEach(record -> markers.add(ChangeStep.marker(record)));
        return List.copyOf(markers);
    }

    /**
     * The newest of the steps that are undone together tells what comes of all of them.
     *
     * @param here those for which something is captured
     * @param report what comes of them, {@code null} when there are none
     */
    private List<StepRestoration> lines(
            List<UndoRecord> records, List<UndoRecord> here, @Nullable RestoreReport report) {
        Map<Long, StepRestoration> lines = new HashMap<>();
        if (report != null) {
            UndoRecord newest = here.get(0);
            lines(here, report.restoration(), "Together with step " + newest.position() + ", in one transaction.")
                    .forEach(line -> lines.put(line.position(), line));
            List<String> notCaptured = here.stream()
                    .flatMap(record -> ChangeStep.notCaptured(record).stream())
                    .distinct()
                    .sorted()
                    .toList();
            lines.put(
                    newest.position(),
                    new StepRestoration(
                            newest.position(),
                            newest.action(),
                            report.restoration(),
                            RestoreWords.of(report) + RestoreWords.notCaptured(notCaptured),
                            this.report.of(report, notCaptured)));
        }
        return records.stream()
                .map(record -> lines.containsKey(record.position()) ? lines.get(record.position()) : gone(record))
                .toList();
    }

    private StepRestoration gone(UndoRecord record) {
        return StepRestoration.of(
                record,
                Restoration.IRREVERSIBLE,
                ChangeStep.tables(record).isEmpty()
                        ? "Nothing of it was captured." + RestoreWords.notCaptured(ChangeStep.notCaptured(record))
                        : "What was captured of it is no longer in database " + this.database
                                + ": it was pruned, or the capture objects were removed.");
    }

    private static List<StepRestoration> lines(List<UndoRecord> records, Restoration restoration, String detail) {
        return records.stream()
                .map(record -> StepRestoration.of(record, restoration, detail))
                .toList();
    }

    /** Something done with a connection. */
    private interface Work {

        RestoreReport on(Connection connection, List<Long> markers, Resolutions resolutions) throws SQLException;
    }
}
