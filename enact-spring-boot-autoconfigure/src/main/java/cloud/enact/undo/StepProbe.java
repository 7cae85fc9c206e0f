package cloud.enact.undo;

import cloud.enact.action.Printable;

/**
 * What became of a step whose outcome nobody noted, found out by looking.
 *
 * @param position the step's position in the undo log
 * @param action {@code connector.operation}
 * @param finding what was found
 * @param detail a sentence that says why; control and format characters in it come out as their code
 */
public record StepProbe(long position, String action, Finding finding, String detail) {

    public StepProbe {
        detail = Printable.of(detail);
    }

    /** What looking says of a step. */
    public enum Finding {
        /** What it should do is there. */
        DONE,
        /** What was there before is there: it never took effect, or it was taken back. */
        NOT_DONE,
        /** Looking does not tell: a person has to. */
        UNKNOWN
    }

    /** What was found of a recorded step. */
    public static StepProbe of(UndoRecord record, Finding finding, String detail) {
        return new StepProbe(record.position(), record.action(), finding, detail);
    }

    /** What is known of a step whose end was noted as done; nobody has to look. */
    public static StepProbe noted(UndoRecord record) {
        return of(record, Finding.DONE, "The undo log has noted that it was done.");
    }

    /**
     * What the answer of a precheck means for the question whether the step took effect: a step that would have to be
     * undone did.
     */
    public static StepProbe of(UndoRecord record, StepRestoration foreseen) {
        return switch (foreseen.restoration()) {
            case RESTORED ->
                of(record, Finding.DONE, "What it does is there. What undoing it would come to: " + foreseen.detail());
            case ALREADY_RESTORED -> of(record, Finding.NOT_DONE, foreseen.detail());
            case CONFLICT, PENDING, IRREVERSIBLE, FAILED, SKIPPED ->
                of(record, Finding.UNKNOWN, "Looking does not tell. " + foreseen.detail());
        };
    }
}
