package cloud.enact.replay;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.RunId;
import cloud.enact.policy.Effect;
import cloud.enact.policy.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call of which the proposed policies say something else than was decided.
 *
 * @param runId its run
 * @param actionId its id
 * @param action name of the action
 * @param actor id of the actor
 * @param timestamp when it was asked for
 * @param recorded what was decided
 * @param proposed what would have been decided
 * @param objections verdicts of the proposed policies that ask or block
 */
public record ReplayedCall(
        RunId runId,
        UUID actionId,
        String action,
        String actor,
        Instant timestamp,
        Effect recorded,
        Effect proposed,
        List<Verdict> objections) {

    public ReplayedCall {
        objections = List.copyOf(objections);
    }

    static ReplayedCall of(ActionRequest request, Effect recorded, Effect proposed, List<Verdict> verdicts) {
        return new ReplayedCall(
                request.run().id(),
                request.actionId(),
                request.action(),
                request.actor().id(),
                request.timestamp(),
                recorded,
                proposed,
                verdicts.stream()
                        .filter(verdict -> verdict.effect().compareTo(Effect.ASK) >= 0)
                        .toList());
    }

    /** The call as JSON-like values. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("run_id", this.runId.toString());
        map.put("action_id", this.actionId.toString());
        map.put("action", this.action);
        map.put("actor", this.actor);
        map.put("timestamp", this.timestamp.toString());
        map.put("recorded", this.recorded.name());
        map.put("proposed", this.proposed.name());
        map.put("policy_results", this.objections.stream().map(Verdict::asMap).toList());
        return map;
    }
}
