package cloud.enact.recovery;

import cloud.enact.receipt.Receipt;
import cloud.enact.undo.StepProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action that was let through and whose outcome was lost.
 *
 * @param decision the receipt of its decision
 * @param finding what looking says of it as a whole, or {@code null} when nobody looked
 * @param detail why, in sentences
 * @param steps what looking says of its steps, oldest first
 */
public record InDoubtAction(
        Receipt decision, StepProbe.@Nullable Finding finding, String detail, List<StepProbe> steps) {

    public InDoubtAction {
        steps = List.copyOf(steps);
    }

    /** As JSON-like values, in the order a reader wants them. */
    public Map<String, @Nullable Object> asMap(Instant now) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("run_id", this.decision.runId().toString());
        map.put("action_id", this.decision.actionId().toString());
        map.put("action", this.decision.action());
        map.put("actor", this.decision.actor());
        map.put("since", this.decision.timestamp().toString());
        map.put(
                "age_seconds",
                Math.max(0, Duration.between(this.decision.timestamp(), now).toSeconds()));
        map.put("finding", (this.finding != null) ? this.finding.name() : null);
        map.put("detail", this.detail);
        map.put("steps", this.steps.stream().map(InDoubtAction::asMap).toList());
        return map;
    }

    private static Map<String, @Nullable Object> asMap(StepProbe step) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("position", step.position());
        map.put("action", step.action());
        map.put("finding", step.finding().name());
        map.put("detail", step.detail());
        return map;
    }
}
