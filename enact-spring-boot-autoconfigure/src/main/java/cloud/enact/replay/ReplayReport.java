package cloud.enact.replay;

import cloud.enact.policy.Effect;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What proposed policies would have said of recorded calls. Immutable.
 *
 * @param policySet digest of the proposed policies
 * @param since where the calls begin
 * @param until before which they end
 * @param complete whether all calls of that time were looked at
 * @param calls how many calls were looked at
 * @param masked of how many of them a part of the arguments is masked or cut, so that policies saw less
 * @param unreadable receipts that can't be read, and are not among the calls
 * @param recorded how many calls got which decision
 * @param proposed how many would have got which
 * @param newBlocks calls that were not blocked and would be
 * @param newAsks calls that would be put to a person and were not
 * @param newPasses calls that were stopped and would pass
 * @param policies how many calls each proposed policy would have stopped, by its name
 * @param actions how many calls there were of each action, and how many would be stopped
 * @param changes calls with another decision, newest first; not all where there are many
 */
public record ReplayReport(
        String policySet,
        Instant since,
        Instant until,
        boolean complete,
        long calls,
        long masked,
        long unreadable,
        Map<Effect, Long> recorded,
        Map<Effect, Long> proposed,
        long newBlocks,
        long newAsks,
        long newPasses,
        Map<String, Long> policies,
        Map<String, ActionFigures> actions,
        List<ReplayedCall> changes) {

    /**
     * How often an action was called.
     *
     * @param calls how often in all
     * @param stopped how often it would be stopped
     */
    public record ActionFigures(long calls, long stopped) {}

    /** Calls that would be stopped. */
    public long stopped() {
        return this.calls - this.proposed.getOrDefault(Effect.PASS, 0L);
    }

    /** Calls with another decision. */
    public long changed() {
        return this.newBlocks + this.newAsks + this.newPasses;
    }

    /** The report as JSON-like values. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("policy_set", this.policySet);
        map.put("since", this.since.toString());
        map.put("until", this.until.toString());
        map.put("complete", this.complete);
        map.put("calls", this.calls);
        map.put("masked", this.masked);
        map.put("unreadable", this.unreadable);
        map.put("recorded", named(this.recorded));
        map.put("proposed", named(this.proposed));
        map.put("stopped", stopped());
        map.put("new_blocks", this.newBlocks);
        map.put("new_asks", this.newAsks);
        map.put("new_passes", this.newPasses);
        map.put("policies", this.policies);
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        this.actions.forEach((action, own) -> figures.put(action, Map.of("calls", own.calls, "stopped", own.stopped)));
        map.put("actions", figures);
        map.put("changes", this.changes.stream().map(ReplayedCall::asMap).toList());
        map.put("changes_omitted", changed() - this.changes.size());
        return map;
    }

    private static Map<String, @Nullable Object> named(Map<Effect, Long> counts) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Effect effect : List.of(Effect.PASS, Effect.ASK, Effect.BLOCK)) {
            map.put(effect.name(), counts.getOrDefault(effect, 0L));
        }
        return map;
    }
}
