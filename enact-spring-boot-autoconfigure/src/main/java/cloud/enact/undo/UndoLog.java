package cloud.enact.undo;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log of steps. Thread-safe.
 *
 * <ol>
 *   <li>{@link #begin} returns only when the record is durable.
 *   <li>Positions ascend in the order of {@link #begin} and are never reused.
 *   <li>A record whose bytes were altered is reported by {@link #findByRun} as an {@link UndoLogException}, never
 *       returned.
 * </ol>
 */
public interface UndoLog {

    /** Writes the intent of a step. */
    UndoRecord begin(
            RunId runId,
            UUID actionId,
            String connector,
            String operation,
            Map<String, @Nullable Object> args,
            Reversibility reversibility,
            Capture capture);

    /**
     * Marks the step done or failed.
     *
     * @param position the record
     * @param state {@code DONE} or {@code FAILED}
     * @param fingerprint what it really left behind, or {@code null} when it is as expected
     */
    void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint);

    /** The steps of a run, in ascending position. */
    List<UndoRecord> findByRun(RunId runId);
}
