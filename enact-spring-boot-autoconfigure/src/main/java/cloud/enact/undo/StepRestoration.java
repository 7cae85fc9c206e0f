package cloud.enact.undo;

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
 */
public record StepRestoration(
        long position,
        String action,
        Restoration restoration,
        String detail,
        @Nullable RestoredRows rows) {

    public StepRestoration {
        // every report, receipt and terminal gets its text from here
        detail = Printable.of(detail);
    }

    /** What came of a step that is not about rows. */
    public StepRestoration(long position, String action, Restoration restoration, String detail) {
        this(position, action, restoration, detail, null);
    }
}
