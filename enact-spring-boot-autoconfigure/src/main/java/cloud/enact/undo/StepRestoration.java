package cloud.enact.undo;

/**
 * What came, or would come, of undoing one step.
 *
 * @param position the step's position in the undo log
 * @param action {@code connector.operation}
 * @param restoration the result
 * @param detail a sentence: what was restored, or what stands in the way and what to do; control and format
 *     characters in it come out as their code
 */
public record StepRestoration(long position, String action, Restoration restoration, String detail) {

    public StepRestoration {
        // every report, receipt and terminal gets its text from here
        detail = Printable.of(detail);
    }
}
