package cloud.enact.undo;

import java.util.List;
import java.util.Set;

/**
 * Takes back all steps of a run at once, all of them or none, because the system can do that and one by one would not
 * come to the same. Thread-safe.
 */
public interface RunUndo extends StepUndo {

    /**
     * Says what undoing the steps would come to; changes nothing.
     *
     * @param newestFirst records of this connector and of one run, newest first
     * @param choices what was decided about what stands in the way
     * @return one answer per record, in the same order
     */
    List<StepRestoration> precheck(List<UndoRecord> newestFirst, UndoChoices choices);

    /**
     * Undoes the steps.
     *
     * @param newestFirst records of this connector and of one run, newest first
     * @param choices what was decided about what stands in the way
     * @return one answer per record, in the same order
     */
    List<StepRestoration> undo(List<UndoRecord> newestFirst, UndoChoices choices);

    /**
     * Undoes the steps, and takes down what that changes before it can't be taken back any more.
     *
     * @param newestFirst records of this connector and of one run, newest first
     * @param choices what was decided about what stands in the way
     * @param reversals where a connector whose undoing can be done again tells how, once for all steps
     * @return one answer per record, in the same order
     */
    default List<StepRestoration> undo(List<UndoRecord> newestFirst, UndoChoices choices, ReversalLog reversals) {
        return undo(newestFirst, choices);
    }

    /**
     * Whether a name is one of what the steps changed, so that something can be decided about it.
     *
     * @param records records of this connector and of one run
     * @param row name of a table or of a row
     */
    boolean knows(List<UndoRecord> records, String row);

    @Override
    default List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        return precheck(newestFirst, UndoChoices.none());
    }

    @Override
    default StepRestoration undo(UndoRecord record, boolean force) {
        Set<Long> forced = force ? Set.of(record.position()) : Set.of();
        return undo(List.of(record), new UndoChoices(forced, Set.of(), Set.of()))
                .get(0);
    }
}
