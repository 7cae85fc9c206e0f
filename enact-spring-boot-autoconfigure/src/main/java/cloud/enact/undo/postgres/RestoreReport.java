package cloud.enact.undo.postgres;

import cloud.enact.undo.Restoration;
import java.util.List;

/**
 * What came, or would come, of restoring.
 *
 * @param restoration the result: {@code RESTORED}, {@code ALREADY_RESTORED}, {@code CONFLICT} when something stands in
 *     the way, {@code FAILED} when what was restored is not what it was; nothing was touched in the last two
 * @param exact whether triggers of the application are kept out of it
 * @param tables what is done to each table
 * @param conflictCount how many rows stand in the way
 * @param conflicts the first of them
 */
public record RestoreReport(
        Restoration restoration,
        boolean exact,
        List<TableRestore> tables,
        long conflictCount,
        List<RowConflict> conflicts) {

    public RestoreReport {
        tables = List.copyOf(tables);
        conflicts = List.copyOf(conflicts);
    }
}
