package cloud.enact.rollback;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;

/** The words for what could not be undone. */
final class Failures {

    private Failures() {}

    static StepRestoration failed(UndoRecord record, String detail) {
        return StepRestoration.of(record, Restoration.FAILED, detail);
    }

    /** Names the class only: a message may hold arguments. */
    static String describe(String what, Throwable problem) {
        return what + " failed with " + problem.getClass().getSimpleName()
                + ". Look at the log of the application, then try again.";
    }

    /** A step that is left alone because a newer one of its connector is not undone. */
    static StepRestoration notTried(StepRestoration step, StepRestoration newer) {
        return new StepRestoration(
                step.position(),
                step.action(),
                Restoration.FAILED,
                "Not tried because step " + newer.position()
                        + " of the same connector, which is newer, is not undone.");
    }
}
