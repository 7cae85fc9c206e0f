package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a run, checked: what its receipts say, what can be undone, and what was undone before.
 *
 * @param runId the run
 * @param root the run that this one is a rollback of, however often; the run itself when it is none
 * @param actions its actions, in the order they were decided
 * @param newestFirst its steps in the undo log, newest first
 * @param leftovers lines for what the undo log can't take back
 * @param seen how far each record of the run had come in the undo log, by position
 * @param earlier what earlier rollbacks of it did
 * @param ends the last place of each receipt log that was read
 * @param damage what is wrong with logs that hold nothing of the run, the first problem of each
 */
record RunHistory(
        RunId runId,
        RunId root,
        Collection<RunAction> actions,
        List<UndoRecord> newestFirst,
        List<StepRestoration> leftovers,
        Map<Long, UndoRecord.State> seen,
        EarlierRollbacks earlier,
        Map<String, Long> ends,
        List<VerificationProblem> damage) {

    private static final int NAMED_AT_MOST = 3;

    /** Sentences for what is wrong with other logs, each with a blank before it; empty when nothing is. */
    String damageNotes() {
        StringBuilder notes = new StringBuilder();
        for (VerificationProblem problem : this.damage.subList(0, Math.min(NAMED_AT_MOST, this.damage.size()))) {
            notes.append(" Receipt log ")
                    .append(problem.log())
                    .append(", in which nothing of the run was found, is damaged (entry ")
                    .append(problem.seq())
                    .append(": ")
                    .append(problem.detail())
                    .append("): what the run did or had undone there can't be known.");
        }
        int more = this.damage.size() - NAMED_AT_MOST;
        return (more > 0) ? notes + " So are " + more + " more logs." : notes.toString();
    }
}
