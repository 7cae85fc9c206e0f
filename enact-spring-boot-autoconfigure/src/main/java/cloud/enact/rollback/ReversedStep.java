package cloud.enact.rollback;

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
 */
record ReversedStep(long position, String digest, Restoration restoration, boolean intent) {

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
                    return new ReversedStep(position, digest, restoration, Boolean.TRUE.equals(map.get("intent")));
                }
            }
        }
        return null;
    }

    /**
     * Writes an element.
     *
     * @param record the undo record, or {@code null} for a line without one
     */
    static Map<String, @Nullable Object> write(StepRestoration line, @Nullable UndoRecord record) {
        Map<String, @Nullable Object> element = new LinkedHashMap<>();
        element.put("position", line.position());
        element.put("action", line.action());
        element.put("restoration", line.restoration().name());
        element.put("detail", line.detail());
        if (line.rows() != null) {
            element.put("rows", line.rows().summary());
        }
        if (!line.output().isEmpty()) {
            element.put("output", line.output());
        }
        if (record != null) {
            element.put("undo_digest", record.digest());
            if (record.state() == UndoRecord.State.INTENT) {
                element.put("intent", true);
            }
        }
        return element;
    }
}
