package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of undoing one step, as a receipt carries it in {@code actions_reversed[]}.
 *
 * @param position position in the undo log
 * @param digest digest of the undo record
 * @param restoration what came of it
 * @param intent whether nobody knew then whether the step had taken effect; it may have done so since
 * @param note where the undo log notes the attempt; 0 for a step that was not tried
 * @param redoPosition position of the record that takes the undoing back, or 0
 * @param redoDigest digest of that record, or {@code null}
 */
record ReversedStep(
        long position,
        String digest,
        Restoration restoration,
        boolean intent,
        long note,
        long redoPosition,
        @Nullable String redoDigest) {

    /** Whether there is nothing left to do for the step. */
    boolean isFinal() {
        return switch (this.restoration) {
            case RESTORED, ALREADY_RESTORED, IRREVERSIBLE -> true;
            case CONFLICT, PENDING, FAILED, SKIPPED -> false;
        };
    }

    /** Reads an element; {@code null} for anything that is not a step of the undo log. */
    static @Nullable ReversedStep read(@Nullable Object element) {
        if (element instanceof Map<?, ?> map
                && map.get("undo_digest") instanceof String digest
                && map.get("restoration") instanceof String word) {
            Long position = Positions.read(map.get("position"));
            for (Restoration restoration : Restoration.values()) {
                if (position != null && restoration.name().equals(word)) {
                    return new ReversedStep(
                            position,
                            digest,
                            restoration,
                            Boolean.TRUE.equals(map.get("intent")),
                            positionOrNone(map.get("note_position")),
                            positionOrNone(map.get("redo_position")),
                            (map.get("redo_digest") instanceof String redo) ? redo : null);
                }
            }
        }
        return null;
    }

    private static long positionOrNone(@Nullable Object value) {
        Long position = Positions.read(value);
        return (position != null) ? position : 0;
    }

    /**
     * Writes an element.
     *
     * @param record the undo record, or {@code null} for a line without one
     * @param trace what undoing it left in the undo log, or {@code null} when it was not tried
     * @param earlier the rollback that had restored it before, or {@code null}
     */
    static Map<String, @Nullable Object> write(
            StepRestoration line, @Nullable UndoRecord record, @Nullable UndoTrace trace, @Nullable RunId earlier) {
        Map<String, @Nullable Object> element = new LinkedHashMap<>();
        element.put("position", line.position());
        element.put("action", line.action());
        element.put("restoration", line.restoration().name());
        element.put("verified", line.verified());
        element.put("detail", line.detail());
        if (line.rows() != null) {
            element.put("rows", line.rows().summary());
        }
        if (!line.output().isEmpty()) {
            element.put("output", line.output());
        }
        if (earlier != null) {
            element.put("restored_by", earlier.toString());
        }
        if (record != null) {
            element.put("undo_digest", record.digest());
            if (record.state() == UndoRecord.State.INTENT) {
                element.put("intent", true);
            }
        }
        if (trace != null) {
            element.put("note_position", trace.note());
            if (trace.reversal() != null) {
                element.put("redo_position", trace.reversal().position());
                element.put("redo_digest", trace.reversal().digest());
            }
        }
        return element;
    }
}
