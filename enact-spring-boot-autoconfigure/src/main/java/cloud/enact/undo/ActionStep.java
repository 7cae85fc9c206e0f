package cloud.enact.undo;

import cloud.enact.action.Reversibility;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connector operation inside an action, as its receipt tells it ({@code actions_taken[]}).
 *
 * @param action {@code connector.operation}
 * @param success whether it did what it should
 * @param output what it returned, or the error in a sentence under {@code error}
 * @param alreadyDone what was found done, or {@code null}
 * @param reversibility whether it can be taken back
 * @param position position in the undo log, or {@code null} when nothing was captured
 * @param undoDigest digest of the undo record's exact bytes, {@code sha256:…}, or {@code null}
 */
public record ActionStep(
        String action,
        boolean success,
        Map<String, @Nullable Object> output,
        @Nullable String alreadyDone,
        Reversibility reversibility,
        @Nullable Long position,
        @Nullable String undoDigest) {
    /**
     * A step that was performed, or tried.
     *
     * @param record its record in the undo log, or {@code null} when nothing was captured
     */
    public static ActionStep of(
            StepOperation step,
            boolean success,
            Map<String, @Nullable Object> output,
            @Nullable String alreadyDone,
            @Nullable UndoRecord record) {
        return new ActionStep(
                step.action(),
                success,
                output,
                alreadyDone,
                step.reversibility(),
                (record != null) ? record.position() : null,
                (record != null) ? record.digest() : null);
    }
}
