package cloud.enact.undo;

import cloud.enact.action.RunId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes back the steps of one connector instance. Thread-safe.
 *
 * <ol>
 *   <li>{@link #precheck} changes nothing.
 *   <li>{@link #undo} checks again and never overwrites what somebody changed since, unless forced.
 *   <li>Undoing twice is as undoing once: the second time says {@code ALREADY_RESTORED}.
 *   <li>{@link #probe} changes nothing, and says what it is sure of.
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
     * Says what became of a step whose outcome nobody noted, by looking.
     *
     * @param record a step that is not followed by a newer one on the same thing
     */
    default StepProbe probe(UndoRecord record) {
        return (record.state() == UndoRecord.State.DONE)
                ? StepProbe.noted(record)
                : StepProbe.of(record, precheck(List.of(record)).get(0));
    }

    /**
     * Sees to it, where the system allows that, that an executor which comes late brings nothing of an action to its
     * end any more. What is done stays.
     *
     * @return a sentence about what may still come to its end; {@code null} when nothing may, or nothing here can see
     *     to it
     */
    default @Nullable String cancel(RunId runId, UUID actionId) {
        return null;
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
