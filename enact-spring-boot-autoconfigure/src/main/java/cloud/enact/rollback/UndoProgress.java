package cloud.enact.rollback;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a rollback got, noted in the undo log under the rollback's own run: undoing a step is a step, too. Two steps
 * on the same thing could not be told apart after a crash by looking alone, because the older one leaves a state that
 * the newer one never knew. For one rollback, on one thread.
 */
final class UndoProgress {

    /** Connector name under which nothing can be undone. */
    private static final String CONNECTOR = "enact.rollback";

    private static final Capture NOTHING = new Capture(new PreState(Map.of()), new Fingerprint(Map.of()));

    private final UndoLog undoLog;

    private final RunId rollback;

    private final UUID actionId;

    UndoProgress(UndoLog undoLog, RunId rollback, UUID actionId) {
        this.undoLog = undoLog;
        this.rollback = rollback;
        this.actionId = actionId;
    }

    /**
     * Notes, durably, that a step is about to be undone.
     *
     * @return where that is noted
     */
    long begin(UndoRecord step) {
        return this.undoLog
                .begin(
                        this.rollback,
                        this.actionId,
                        CONNECTOR,
                        "undo",
                        Map.of(
                                "position",
                                step.position(),
                                "digest",
                                step.digest(),
                                "intent",
                                step.state() == UndoRecord.State.INTENT),
                        Reversibility.IRREVERSIBLE,
                        NOTHING)
                .position();
    }

    /** Notes what came of it; durable with the next beginning, or with the receipt. */
    void end(long position, boolean restored) {
        this.undoLog.end(position, restored ? UndoRecord.State.DONE : UndoRecord.State.FAILED, null);
    }

    /** Reads a note that a step was undone; {@code null} for any other record. */
    static @Nullable Undone read(UndoRecord record) {
        if (record.connector().equals(CONNECTOR)
                && record.state() == UndoRecord.State.DONE
                && record.args().get("digest") instanceof String digest) {
            Long position = Positions.read(record.args().get("position"));
            return (position != null)
                    ? new Undone(
                            position, digest, Boolean.TRUE.equals(record.args().get("intent")))
                    : null;
        }
        return null;
    }

    /**
     * A step that was undone.
     *
     * @param position position in the undo log
     * @param digest digest of the undo record
     * @param intent whether nobody knew then whether the step had taken effect
     */
    record Undone(long position, String digest, boolean intent) {}
}
