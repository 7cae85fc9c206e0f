package cloud.enact.connector.github;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;

/** What is said of undoing one step. */
final class Answers {

    private Answers() {}

    static StepRestoration restored(UndoRecord record, String detail) {
        return StepRestoration.of(record, Restoration.RESTORED, detail);
    }

    static StepRestoration already(UndoRecord record, String detail) {
        return StepRestoration.of(record, Restoration.ALREADY_RESTORED, detail);
    }

    static StepRestoration conflict(UndoRecord record, String detail) {
        return StepRestoration.of(record, Restoration.CONFLICT, detail);
    }

    static StepRestoration pending(UndoRecord record, String detail) {
        return StepRestoration.of(record, Restoration.PENDING, detail);
    }

    static StepRestoration failed(UndoRecord record, String detail) {
        return StepRestoration.of(record, Restoration.FAILED, detail);
    }
}
