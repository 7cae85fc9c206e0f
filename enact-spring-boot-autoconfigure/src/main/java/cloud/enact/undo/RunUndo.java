package cloud.enact.undo;

import java.util.List;
import java.util.Set;

/**
 * Takes back all steps of a run at once, all of them or none, because the system can do that and one by one would not
 * come to the same. Thread-safe.
 */
public interface RunUndo extends StepUndo {

    /**
     * Undoes the steps.
     *
     * @param newestFirst records of this connector and of one run, newest first
     * @param force positions of steps that are restored even over somebody's later change
     * @return one answer per record, in the same order
     */
    List<StepRestoration> undo(List<UndoRecord> newestFirst, Set<Long> force);

    @Override
    default StepRestoration undo(UndoRecord record, boolean force) {
        return undo(List.of(record), force ? Set.of(record.position()) : Set.of())
                .get(0);
    }
}
