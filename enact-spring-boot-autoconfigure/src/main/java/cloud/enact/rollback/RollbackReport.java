package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.undo.StepRestoration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback did, or in a preview would do.
 *
 * @param runId the run that was to be undone
 * @param rollbackRunId the rollback's own run, under which its receipts stand and which can be rolled back itself; the
 *     earlier one when this call changed nothing; {@code null} when nothing is on record, as after a preview
 * @param result what came of it as a whole
 * @param steps one line per step, newest first
 * @param repeated whether the run was rolled back before and this call changed nothing
 * @param message a sentence that sums it up and says what to do next
 */
public record RollbackReport(
        RunId runId,
        @Nullable RunId rollbackRunId,
        RollbackResult result,
        List<StepRestoration> steps,
        boolean repeated,
        String message) {

    public RollbackReport {
        steps = List.copyOf(steps);
    }

    /** What is on no record. */
    RollbackReport(RunId runId, RollbackResult result, List<StepRestoration> steps, String message) {
        this(runId, null, result, steps, false, message);
    }

    /** The same, with the rollback's own run. */
    RollbackReport by(RunId rollbackRunId) {
        return new RollbackReport(this.runId, rollbackRunId, this.result, this.steps, this.repeated, this.message);
    }

    /** The same, saying more. */
    RollbackReport saying(String more) {
        return new RollbackReport(
                this.runId, this.rollbackRunId, this.result, this.steps, this.repeated, this.message + more);
    }

    /** The report as JSON-like values, in the order a reader wants them. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("run_id", this.runId.toString());
        if (this.rollbackRunId != null) {
            report.put("rollback_run_id", this.rollbackRunId.toString());
        }
        report.put("result", this.result.name());
        report.put("repeated", this.repeated);
        report.put("message", this.message);
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        for (StepRestoration step : this.steps) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("position", step.position());
            line.put("action", step.action());
            line.put("restoration", step.restoration().name());
            if (this.rollbackRunId != null) {
                line.put("verified", step.verified());
            }
            line.put("detail", step.detail());
            if (step.rows() != null) {
                line.put("rows", step.rows().asMap());
            }
            if (!step.output().isEmpty()) {
                line.put("output", step.output());
            }
            lines.add(line);
        }
        report.put("steps", lines);
        return report;
    }
}
