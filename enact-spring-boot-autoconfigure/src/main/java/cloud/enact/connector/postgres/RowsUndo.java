package cloud.enact.connector.postgres;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.RunUndo;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.postgres.Resolutions;
import cloud.enact.undo.postgres.RestoreReport;
import cloud.enact.undo.postgres.RowRestore;
import cloud.enact.undo.postgres.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Puts back the rows that governed actions changed in one database, in one transaction. Thread-safe. */
public final class RowsUndo implements RunUndo {

    private final String database;

    private final DataSource dataSource;

    private final RowRestore restore;

    /**
     * Creates the way back for one database.
     *
     * @param database name of the guarded data source
     * @param dataSource connections whose role may read what was captured and write all protected tables
     * @param restore does the work
     */
    public RowsUndo(String database, DataSource dataSource, RowRestore restore) {
        this.database = database;
        this.dataSource = dataSource;
        this.restore = restore;
    }

    @Override
    public String connector() {
        return this.database;
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        return answer(
                newestFirst, (connection, markers) -> this.restore.preview(connection, markers, Resolutions.none()));
    }

    @Override
    public List<StepRestoration> undo(List<UndoRecord> newestFirst, Set<Long> force) {
        Map<TableName, Resolutions.Choice> forced = new HashMap<>();
        newestFirst.stream()
                .filter(record -> force.contains(record.position()))
                .flatMap(record -> ChangeStep.tables(record).stream())
                .forEach(table -> forced.put(table, Resolutions.Choice.FORCE));
        Resolutions resolutions = new Resolutions(forced, Map.of());
        return answer(newestFirst, (connection, markers) -> this.restore.restore(connection, markers, resolutions));
    }

    private List<StepRestoration> answer(List<UndoRecord> records, Work work) {
        if (records.stream().anyMatch(record -> !record.connector().equals(this.database))) {
            return lines(records, Restoration.FAILED, "It was not done in database " + this.database + ".");
        }
        RestoreReport report;
        try (Connection connection = this.dataSource.getConnection()) {
            // a number alone may be that of another run, where the capture objects were made again since
            Set<Long> present = Set.copyOf(
                    this.restore.markers(connection, records.get(0).runId().value()));
            if (records.stream().anyMatch(record -> isLost(record, present))) {
                return lines(
                        records,
                        Restoration.IRREVERSIBLE,
                        "What was captured of it is no longer in database " + this.database + ".");
            }
            List<Long> markers = markers(records);
            markers.retainAll(present);
            report = work.on(connection, markers);
        } catch (SQLException ex) {
            return lines(records, Restoration.FAILED, "Database " + this.database + " can't be reached. Try again.");
        }
        return lines(records, report.restoration(), RestoreWords.of(report));
    }

    private static List<Long> markers(List<UndoRecord> records) {
        Set<Long> markers = new LinkedHashSet<>();
        records.forEach(record -> markers.add(ChangeStep.marker(record)));
        return new ArrayList<>(markers);
    }

    private static boolean isLost(UndoRecord record, Set<Long> present) {
        return ChangeStep.isCommitted(record) && !present.contains(ChangeStep.marker(record));
    }

    private static List<StepRestoration> lines(List<UndoRecord> records, Restoration restoration, String detail) {
        return records.stream()
                .map(record -> new StepRestoration(record.position(), record.action(), restoration, detail))
                .toList();
    }

    /** Something done with a connection. */
    private interface Work {

        RestoreReport on(Connection connection, List<Long> markers) throws SQLException;
    }
}
