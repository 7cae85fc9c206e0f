package cloud.enact.rollback;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.ReversalLog;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How far a rollback got, noted in the undo log under the rollback's own run: undoing a step is a step, too. Two steps
 * on the same thing could not be told apart after a crash by looking alone, because the older one leaves a state that
 * the newer one never knew. For one rollback, on one thread.
 */
final class UndoProgress {

    /** Connector name under which nothing can be undone. */
    private static final String CONNECTOR = "enact.rollback";

    /** Argument of a reversal that names the steps whose undoing it takes back. */
    private static final String UNDOES = "enact.undoes";

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
                                "action",
                                step.action(),
                                "intent",
                                step.state() == UndoRecord.State.INTENT),
                        Reversibility.IRREVERSIBLE,
                        NOTHING)
                .position();
    }

    /** Notes what came of it; durable with the next beginning, or with the receipt. */
    void end(long note, Restoration restoration) {
        this.undoLog.end(
                note,
                restoration.isBack() ? UndoRecord.State.DONE : UndoRecord.State.FAILED,
                new Fingerprint(Map.of("restoration", restoration.name())));
    }

    /** Where steps that are undone together tell how to do them again. */
    ReversalLog reversals(Consumer<StepReversal> taken) {
        return new ReversalLog() {

            @Override
            public RunId runId() {
                return UndoProgress.this.rollback;
            }

            @Override
            public UUID actionId() {
                return UndoProgress.this.actionId;
            }

            @Override
            public void begin(StepReversal reversal) {
                taken.accept(reversal);
            }
        };
    }

    /** Writes, durably, how the undoing of some steps of one connector could be taken back. */
    UndoRecord begin(StepReversal reversal, List<UndoRecord> steps) {
        Map<String, @Nullable Object> args = new LinkedHashMap<>(reversal.args());
        args.put(UNDOES, steps.stream().map(UndoRecord::position).toList());
        return this.undoLog
                .besides(steps.get(0))
                .begin(
                        this.rollback,
                        this.actionId,
                        steps.get(0).connector(),
                        reversal.operation(),
                        args,
                        reversal.reversibility(),
                        reversal.capture());
    }

    /** Writes whether the undoing happened. */
    void end(UndoRecord reversal, boolean happened) {
        this.undoLog.end(reversal.position(), happened ? UndoRecord.State.DONE : UndoRecord.State.FAILED, null);
    }

    /** Whether a record is a note of a rollback, rather than a step of a run. */
    static boolean isNote(UndoRecord record) {
        return record.connector().equals(CONNECTOR);
    }

    /** Positions of the steps whose undoing a record of a rollback can take back. */
    static List<Long> undoes(UndoRecord record) {
        return (record.args().get(UNDOES) instanceof List<?> positions)
                ? positions.stream()
                        .filter(Long.class::isInstance)
                        .map(Long.class::cast)
                        .toList()
                : List.of();
    }

    /** Reads a note; {@code null} for any other record. */
    static @Nullable Note read(UndoRecord record) {
        if (record.connector().equals(CONNECTOR) && record.args().get("digest") instanceof String digest) {
            Long position = Positions.read(record.args().get("position"));
            return (position != null)
                    ? new Note(
                            record.position(),
                            position,
                            digest,
                            String.valueOf(record.args().get("action")),
                            Boolean.TRUE.equals(record.args().get("intent")),
                            restoration(record))
                    : null;
        }
        return null;
    }

    private static @Nullable Restoration restoration(UndoRecord record) {
        if (record.state() == UndoRecord.State.INTENT) {
            return null;
        }
        Object word = record.fingerprint().values().get("restoration");
        for (Restoration restoration : Restoration.values()) {
            if (restoration.name().equals(word)) {
                return restoration;
            }
        }
        return (record.state() == UndoRecord.State.DONE) ? Restoration.RESTORED : Restoration.FAILED;
    }

    /**
     * A note that a step was to be undone.
     *
     * @param at its own position in the undo log
     * @param position position of the step
     * @param digest digest of the step's undo record
     * @param action name of the step
     * @param intent whether nobody knew then whether the step had taken effect
     * @param restoration what came of it, or {@code null} when nobody noted that
     */
    record Note(
            long at,
            long position,
            String digest,
            String action,
            boolean intent,
            @Nullable Restoration restoration) {

        /** Whether the step was undone, or found undone. */
        boolean undone() {
            return this.restoration != null && this.restoration.isBack();
        }

        /** Whether something was changed, or may have been. */
        boolean touched() {
            return this.restoration == null
                    || switch (this.restoration) {
                        case RESTORED, PENDING, FAILED -> true;
                        case ALREADY_RESTORED, CONFLICT, IRREVERSIBLE, SKIPPED -> false;
                    };
        }
    }
}
