package cloud.enact.cli;

import cloud.enact.connector.postgres.RowsUndo;
import cloud.enact.receipt.Masking;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.postgres.OwnerLogin;
import cloud.enact.undo.postgres.RowRestore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Undoes changes of rows in the database that the command names, whatever the application has configured by now. */
final class RecordedRows {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int SHOWN_CONFLICTS = 20;

    private RecordedRows() {}

    /**
     * Finds what can be undone there.
     *
     * @param records the steps of a run
     * @param owner gets into the database
     * @param name data source of the application that led there; {@code null} for the only one there was
     */
    static Optional<RowsUndo> of(List<UndoRecord> records, OwnerLogin owner, @Nullable String name) {
        Set<String> names = records.stream()
                .filter(RowsUndo::undoes)
                .map(UndoRecord::connector)
                .collect(Collectors.toCollection(TreeSet::new));
        if (name == null && names.size() > 1) {
            throw new CommandException("The run worked in several databases, " + String.join(", ", names)
                    + "; say with --database which of them --url is, or roll back from the application");
        }
        String database = (name != null) ? name : names.stream().findFirst().orElse(null);
        if (database == null || !names.contains(database)) {
            return Optional.empty();
        }
        Masking masking = Masking.defaults();
        RowRestore restore =
                new RowRestore(PATIENCE, SHOWN_CONFLICTS, (table, column, text) -> masking.mask(column, text));
        return Optional.of(new RowsUndo(database, owner, restore, (table, column, text) -> Masking.MASK));
    }
}
