package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.StepRestoration;
import java.util.List;

/**
 * What a rollback did, or in a preview would do.
 *
 * @param runId the run that was to be undone
 * @param result what came of it as a whole
 * @param steps one line per step, newest first
 * @param repeated whether the run was rolled back before and this call changed nothing
 * @param message a sentence that sums it up and says what to do next
 */
public record RollbackReport(
        RunId runId, RollbackResult result, List<StepRestoration> steps, boolean repeated, String message) {

    public RollbackReport {
        steps = List.copyOf(steps);
    }
}
