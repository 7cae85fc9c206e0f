package cloud.enact.undo.postgres;

import cloud.enact.undo.Restoration;
import java.util.List;

/**
 * What came, or would come, of restoring.
 *
 * @param restoration the result: {@code RESTORED}, {@code ALREADY_RESTORED}, {@code CONFLICT} when something stands in
 *     the way, {@code FAILED} when what was restored is not what it was; nothing was touched in the last two
 * @param exact whether triggers of the application are kept out of it
 * @param triggers whether triggers or rules of the application run all the same
 * @param tables what is done to each table
 * @param beside other tables that were written to meanwhile, by such triggers
 * @param conflictCount how many rows stand in the way
 * @param conflicts the first of them
 */
public record RestoreReport(
        Restoration restoration,
        boolean exact,
        boolean triggers,
        List<TableRestore> tables,
        List<TableName> beside,
        long conflictCount,
        List<RowConflict> conflicts) {

    public RestoreReport {
        tables = List.copyOf(tables);
        beside = List.copyOf(beside);
        conflicts = List.copyOf(conflicts);
    }

    /** What came of it when nothing stood in the way. */
    static RestoreReport restored(RestoreMode mode, List<TableRestore> tables, List<TableName> beside) {
        return new RestoreReport(Restoration.RESTORED, mode.exact(), !mode.undisturbed(), tables, beside, 0, List.of());
    }

    /** What came of it when something stood in the way. */
    static RestoreReport refused(
            Restoration restoration,
            RestoreMode mode,
            List<TableRestore> tables,
            long conflictCount,
            List<RowConflict> conflicts) {
        return new RestoreReport(
                restoration, mode.exact(), !mode.undisturbed(), tables, List.of(), conflictCount, conflicts);
    }
}
