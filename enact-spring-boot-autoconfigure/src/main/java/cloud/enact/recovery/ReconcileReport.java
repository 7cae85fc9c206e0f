package cloud.enact.recovery;

import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a wish to settle a run.
 *
 * @param runId the run
 * @param result what became of it as a whole
 * @param actions the actions it was about, in the order they were decided
 * @param message a sentence that sums it up and says what to do next
 */
public record ReconcileReport(RunId runId, Result result, List<Line> actions, String message) {

    public ReconcileReport {
        actions = List.copyOf(actions);
    }

    /** What became of it. */
    public enum Result {
        /** All is on record. */
        RECONCILED,
        /** Some of it, or all, is still in doubt, because looking did not tell. */
        IN_DOUBT,
        /** Nothing was in doubt, so nothing was written. */
        NOTHING_IN_DOUBT,
        /** Nothing was written, and the message says why. */
        REFUSED
    }

    /**
     * An action.
     *
     * @param action what is known of it
     * @param settled how it was settled, or {@code null} when it is still in doubt
     */
    public record Line(InDoubtAction action, @Nullable Resolution settled) {}

    static ReconcileReport refused(RunId runId, String why) {
        return new ReconcileReport(runId, Result.REFUSED, List.of(), "Run " + runId + " was not reconciled: " + why);
    }

    /** As JSON-like values, in the order a reader wants them. */
    public Map<String, @Nullable Object> asMap(Instant now) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("run_id", this.runId.toString());
        map.put("result", this.result.name());
        map.put("message", this.message);
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        for (Line line : this.actions) {
            Map<String, @Nullable Object> action = line.action().asMap(now);
            action.put("outcome", (line.settled() != null) ? line.settled().word() : null);
            lines.add(action);
        }
        map.put("actions", lines);
        return map;
    }
}
