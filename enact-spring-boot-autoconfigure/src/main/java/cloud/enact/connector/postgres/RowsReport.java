package cloud.enact.connector.postgres;

import cloud.enact.undo.RestoredRows;
import cloud.enact.undo.postgres.RestoreReport;
import cloud.enact.undo.postgres.RowConflict;
import cloud.enact.undo.postgres.TableName;
import cloud.enact.undo.postgres.TableRestore;
import cloud.enact.undo.postgres.ValueMask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what came of restoring rows, with as few of their values as a person needs. */
final class RowsReport {

    /** Conflicts of all tables together; each table has a limit of its own. */
    private static final int SHOWN = 100;

    private final ValueMask mask;

    /**
     * Creates a report.
     *
     * @param mask decides which values are shown, but for those of keys
     */
    RowsReport(ValueMask mask) {
        this.mask = mask;
    }

    RestoredRows of(RestoreReport report, List<String> notCaptured) {
        Map<String, Map<String, Long>> tables = new LinkedHashMap<>();
        report.tables().forEach(table -> tables.put(new RowName(table.table(), null).toString(), counts(table)));
        List<RestoredRows.Conflict> conflicts =
                report.conflicts().stream().limit(SHOWN).map(this::conflict).toList();
        List<String> beside = report.beside().stream().map(TableName::toString).toList();
        return new RestoredRows(tables, report.conflictCount(), conflicts, notCaptured, beside);
    }

    private static Map<String, Long> counts(TableRestore table) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("restored", table.restored());
        counts.put("removed", table.removed());
        counts.put("reset", table.reset());
        counts.put("settled", table.settled());
        counts.put("forced", table.forced());
        counts.put(RestoredRows.SKIPPED, table.skipped());
        return counts;
    }

    private RestoredRows.Conflict conflict(RowConflict conflict) {
        return new RestoredRows.Conflict(
                new RowName(conflict.table(), conflict.handle().isEmpty() ? null : conflict.handle()).toString(),
                conflict.kind().name(),
                conflict.key(),
                values(conflict, conflict.expected()),
                values(conflict, conflict.found()),
                conflict.detail());
    }

    private @Nullable Map<String, @Nullable String> values(
            RowConflict conflict, @Nullable Map<String, @Nullable String> values) {
        if (values == null) {
            return null;
        }
        TableName table = conflict.table();
        Map<String, @Nullable String> shown = new LinkedHashMap<>();
        values.forEach((column, text) -> shown.put(
                column,
                (text == null || conflict.key().containsKey(column)) ? text : this.mask.mask(table, column, text)));
        return shown;
    }
}
