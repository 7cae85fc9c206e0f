package cloud.enact.undo;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 *   <li>What was begun is found as it was begun; decimal numbers come back as {@link java.math.BigDecimal}.
 *   <li>A step that was not ended is found as {@code INTENT}; {@link #end} is accepted once, the same end again is a
 *       no-op, a different one or one without a record an {@link UndoLogException}.
 *   <li>Of all processes that share the log one at most has the {@link #claim} on a run, and loses it when it dies.
 *       What begins {@linkplain #holding under} a claim that somebody else has by now is refused.
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
     * This log for the steps of one action. A log that encrypts does so with the key of whom the action is about.
     *
     * @throws cloud.enact.encryption.EncryptionException when that key can't be used
     */
    default UndoLog about(ActionRequest action) {
        return this;
    }

    /**
     * This log for what undoing a step leaves behind. A log that encrypts does so with the key of that step.
     *
     * @throws cloud.enact.encryption.EncryptionException when that key can't be used
     */
    default UndoLog besides(UndoRecord step) {
        return this;
    }

    /**
     * This log for what is done under some claims. Where a claim can be lost to another process, steps are refused from
     * then on.
     */
    default UndoLog holding(List<Claim> claims) {
        return this;
    }

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

    /**
     * Takes the right to undo a run.
     *
     * @return the right, to be given back; empty while somebody else has it
     * @throws UndoLogException when nobody can tell who has it
     */
    Optional<Claim> claim(RunId runId);

    /** The right to undo a run. */
    interface Claim extends AutoCloseable {

        /** Gives it back. Does nothing the second time, and never throws: what was undone is undone. */
        @Override
        void close();
    }

    /**
     * An undo log on the heap, gone with the process: for tests and first steps. Takes at most 10,000 steps and
     * refuses the next.
     */
    static UndoLog inMemory() {
        return new InMemoryUndoLog();
    }
}
