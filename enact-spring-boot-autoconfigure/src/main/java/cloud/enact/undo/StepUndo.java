package cloud.enact.undo;

import java.util.List;

/**
 * Takes back the steps of one connector instance. Thread-safe.
 *
 * <ol>
 *   <li>{@link #precheck} changes nothing.
 *   <li>{@link #undo} checks again and never overwrites what somebody changed since, unless forced.
 *   <li>Undoing twice is as undoing once: the second time says {@code ALREADY_RESTORED}.
 * </ol>
 */
public interface StepUndo {

    /** Name of the connector instance. */
    String connector();

    /**
     * Says of each step whether it can be undone, given that the steps before it in the list are undone first.
     *
     * @param newestFirst records of this connector, newest first
     * @return one answer per record, in the same order
     */
    List<StepRestoration> precheck(List<UndoRecord> newestFirst);

    /**
     * Undoes one step.
     *
     * @param record the step
     * @param force whether to restore even over somebody's later change
     */
    StepRestoration undo(UndoRecord record, boolean force);
}
