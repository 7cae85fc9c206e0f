package cloud.enact.connector.filesystem;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Says to people what comes of undoing a step, and what to do about it. */
final class UndoAnswers {

    private UndoAnswers() {}

    /** A record of another connector, or of another root than the connector has now. */
    static StepRestoration unusable(UndoRecord record, String connector, Path root) {
        String why;
        try {
            why = StepMemo.rootOf(record).equals(root.toString())
                    ? "The record is not one of the connector '" + connector + "', so nothing is done with it"
                    : "The step worked under the root " + StepMemo.rootOf(record) + ", but the connector '"
                            + connector + "' now has " + root
                            + ": configure the old root again, or undo the run from the command line";
        } catch (IllegalArgumentException ex) {
            why = "The record is not one of the filesystem connector, so nothing is done with it";
        }
        return StepRestoration.of(record, Restoration.FAILED, why);
    }

    /** What is there could not be looked at. */
    static StepRestoration notLookedAt(UndoRecord record, StepMemo memo, IOException why) {
        return StepRestoration.of(
                record,
                Restoration.FAILED,
                paths(memo) + " not to be looked at: " + Trouble.sentence(why) + ". Settle that, then try again");
    }

    /** What is to be brought back is not where it was kept. */
    static StepRestoration notKept(UndoRecord record, StepMemo memo, Restoration restoration, NotKeptException ex) {
        return StepRestoration.of(
                record,
                restoration,
                paths(memo) + " not restored: " + ex.getMessage()
                        + ". Bring it back there (fetch it again, or take it from a backup of the repository), then try"
                        + " again, or skip this step");
    }

    /** Somebody else changed what the step left. */
    static StepRestoration conflict(UndoRecord record, StepMemo memo, List<Verdicts.Verdict> verdicts) {
        StringBuilder detail = new StringBuilder();
        for (int i = 0; i < verdicts.size(); i++) {
            StepMemo.Change change = memo.changes().get(i);
            Verdicts.Verdict verdict = verdicts.get(i);
            boolean half = verdict.state() != Verdicts.State.OTHER;
            if (half && verdicts.stream().anyMatch(other -> other.state() == Verdicts.State.OTHER)) {
                continue;
            }
            if (detail.length() > 0) {
                detail.append("; ");
            }
            detail.append('\'').append(change.path().text()).append("': the step left ");
            detail.append(change.after().words()).append(", there is ");
            detail.append(difference(change, verdict));
        }
        detail.append(". It was not touched; look at it, then skip this step or force it");
        return StepRestoration.of(record, Restoration.CONFLICT, detail.toString());
    }

    /** Two files of one size read alike, so it is said that they differ. */
    private static String difference(StepMemo.Change change, Verdicts.Verdict verdict) {
        boolean alike = verdict.state() == Verdicts.State.OTHER
                && verdict.there().equals(change.after().words());
        return alike ? verdict.there() + " with other content" : verdict.there();
    }

    /** Of a change that somebody else made it is known only that nothing was different then. */
    private static String nothingDone(UndoRecord record) {
        return record.operation().equals(OutsideChange.OPERATION)
                ? " left alone: it was as before when the outcome was told"
                : " left alone: the step failed before it changed anything";
    }

    /**
     * Nothing is to be done, or no more than the note says.
     *
     * @param note the end of the sentence, or nothing
     */
    static StepRestoration alreadyRestored(UndoRecord record, StepMemo memo, String note) {
        String found = memo.isNothing() ? nothingDone(record) : " as before the step already";
        return StepRestoration.of(record, Restoration.ALREADY_RESTORED, paths(memo) + found + note);
    }

    /** The beginning of a sentence about the paths of a step, up to its verb. */
    static String paths(StepMemo memo) {
        StringBuilder text = new StringBuilder();
        for (StepMemo.Change change : memo.changes()) {
            text.append(text.length() == 0 ? "'" : " and '");
            text.append(change.path().text()).append('\'');
        }
        return text.append(memo.changes().size() == 1 ? " is" : " are").toString();
    }
}
