package cloud.enact.undo;

import cloud.enact.action.Arguments;
import cloud.enact.action.Printable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came, or would come, of undoing one step.
 *
 * @param position the step's position in the undo log
 * @param action {@code connector.operation}
 * @param restoration the result
 * @param detail a sentence: what was restored, or what stands in the way and what to do; control and format
 *     characters in it come out as their code
 * @param rows what that means row by row, for steps that are undone together told with the newest of them; or
 *     {@code null} when it is not about rows
 * @param verified whether the old state was read back and found to be there
 * @param output what undoing it made or left, such as {@code revert_sha}, as JSON-like values; empty when there is
 *     nothing to tell. Never holds a secret
 */
public record StepRestoration(
        long position,
        String action,
        Restoration restoration,
        String detail,
        @Nullable RestoredRows rows,
        boolean verified,
        Map<String, @Nullable Object> output) {

    public StepRestoration {
        // every report, receipt and terminal gets its text from here
        detail = Printable.of(detail);
        output = Arguments.freeze(output);
    }

    /** What came of a step that is not about rows. */
    public StepRestoration(long position, String action, Restoration restoration, String detail) {
        this(position, action, restoration, detail, null);
    }

    /** What came of a recorded step. */
    public static StepRestoration of(UndoRecord record, Restoration restoration, String detail) {
        return new StepRestoration(record.position(), record.action(), restoration, detail);
    }

    /** What came of a step that rows were changed in. */
    public StepRestoration(
            long position, String action, Restoration restoration, String detail, @Nullable RestoredRows rows) {
        this(position, action, restoration, detail, rows, restoration.isBack(), Map.of());
    }

    /** The same, with what undoing it made or left. */
    public StepRestoration with(Map<String, @Nullable Object> output) {
        return new StepRestoration(
                this.position, this.action, this.restoration, this.detail, this.rows, this.verified, output);
    }

    /** The same, where nobody could read back whether the old state is there. */
    public StepRestoration unverified() {
        return new StepRestoration(
                this.position, this.action, this.restoration, this.detail, this.rows, false, this.output);
    }
}
