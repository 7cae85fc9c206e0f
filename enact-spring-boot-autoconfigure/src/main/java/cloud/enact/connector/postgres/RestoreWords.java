package cloud.enact.connector.postgres;

import cloud.enact.undo.postgres.RestoreReport;
import cloud.enact.undo.postgres.RowConflict;
import cloud.enact.undo.postgres.TableName;
import cloud.enact.undo.postgres.TableRestore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in a sentence what came of restoring rows. */
final class RestoreWords {

    private static final int SHOWN = 5;

    private RestoreWords() {}

    static String of(RestoreReport report) {
        return switch (report.restoration()) {
            case RESTORED -> tables(report) + triggers(report);
            case ALREADY_RESTORED ->
                report.tables().isEmpty() ? "It never took effect." : "An earlier rollback restored it.";
            case CONFLICT ->
                report.conflictCount()
                        + ((report.conflictCount() == 1) ? " row stands in the way: " : " rows stand in the way: ")
                        + conflicts(report);
            default -> "The rows would not be what they were: " + conflicts(report);
        };
    }

    /** A sentence on tables whose rows were not captured, empty when there are none. */
    static String notCaptured(List<String> tables) {
        return tables.isEmpty()
                ? ""
                : " Nothing brings back what was written to " + String.join(", ", tables) + ", which is not protected.";
    }

    private static String triggers(RestoreReport report) {
        if (!report.beside().isEmpty()) {
            return ". Triggers of the application wrote to "
                    + report.beside().stream().map(TableName::toString).collect(Collectors.joining(", "))
                    + " meanwhile, and that stays.";
        }
        return report.triggers() ? ". Triggers or rules of the application run meanwhile." : "";
    }

    private static String tables(RestoreReport report) {
        return report.tables().stream().map(RestoreWords::table).collect(Collectors.joining("; "));
    }

    private static String table(TableRestore table) {
        List<String> words = new ArrayList<>();
        add(words, table.restored(), "put back");
        add(words, table.removed(), "removed");
        add(words, table.reset(), "set back");
        add(words, table.forced(), "of these over later changes");
        add(words, table.settled(), "as before already");
        add(words, table.skipped(), "left as they are");
        return table.table() + ": " + (words.isEmpty() ? "nothing to do" : String.join(", ", words));
    }

    private static void add(List<String> words, long rows, String what) {
        if (rows > 0) {
            words.add(rows + ((rows == 1) ? " row " : " rows ") + what);
        }
    }

    private static String conflicts(RestoreReport report) {
        return report.conflicts().stream()
                        .limit(SHOWN)
                        .map(RestoreWords::conflict)
                        .collect(Collectors.joining("; "))
                + ((report.conflictCount() > SHOWN) ? "; and more" : "");
    }

    private static String conflict(RowConflict conflict) {
        String row = conflict.key().isEmpty()
                ? "a row of " + conflict.table()
                : conflict.table().toString() + conflict.key();
        return switch (conflict.kind()) {
            case CHANGED -> row + " was changed since";
            case MISSING -> row + " was removed since";
            case PRESENT -> row + " was added again since";
            case BETWEEN -> row + " was changed by somebody else while the run went on";
            case REFERENCED -> row + " is referred to by rows that were added since";
            case ORPHANED -> row + " refers to a row that is gone";
            case CONSTRAINT -> constraint(conflict);
            case DIFFERS -> row + " was changed by a trigger when it was put back";
        };
    }

    /** The server names neither table nor constraint when code of a trigger or of a type refuses. */
    private static String constraint(RowConflict conflict) {
        TableName table = conflict.table();
        return (table.table().isEmpty() ? "the database" : table)
                + " does not take the old rows"
                + ((conflict.detail() != null) ? " (" + conflict.detail() + ")" : "");
    }
}
