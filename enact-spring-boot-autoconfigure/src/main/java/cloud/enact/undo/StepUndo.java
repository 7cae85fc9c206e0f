package cloud.enact.undo;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * Undoes one step of a rollback that undoes others of this connector, too.
     *
     * @param record the step
     * @param planned the steps of this connector that the rollback undoes and has not undone yet, newest first, this
     *     one included
     * @param force whether to restore even over somebody's later change
     */
    default StepRestoration undo(UndoRecord record, List<UndoRecord> planned, boolean force) {
        return undo(record, force);
    }

    /**
     * Whether a step can't stay as it is when an older one of this connector is undone, because it was built on what
     * that one did.
     */
    default boolean dependsOn(UndoRecord newer, UndoRecord older) {
        return true;
    }

    /**
     * Captures what undoing a step is going to change, so that it can be done again. Asked just before the step is
     * undone; changes nothing that anybody sees in the target system.
     *
     * @param record the step
     * @param blobs where content goes
     * @return {@code null} when the step can't be done again
     */
    default @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) throws Exception {
        return null;
    }
}
