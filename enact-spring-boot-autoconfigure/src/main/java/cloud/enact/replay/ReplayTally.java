package cloud.enact.replay;

import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts while a replay goes on, in bounded memory. Not thread-safe. */
final class ReplayTally {

    private static final int MOST_CHANGES = 200;

    private static final int MOST_NAMES = 1000;

    private final Map<Effect, Long> recorded = new EnumMap<>(Effect.class);

    private final Map<Effect, Long> proposed = new EnumMap<>(Effect.class);

    private final Map<String, Long> policies = new TreeMap<>();

    private final Map<String, ReplayReport.ActionFigures> actions = new TreeMap<>();

    private final List<ReplayedCall> changes = new ArrayList<>();

    private final Map<Effect, Long> changed = new EnumMap<>(Effect.class);

    private long calls;

    private long masked;

    private long unreadable;

    long calls() {
        return this.calls;
    }

    void addUnreadable() {
        this.unreadable++;
    }

    void add(RecordedCall call, Decision decision) {
        this.calls++;
        this.masked += call.masked() ? 1 : 0;
        Effect effect = decision.effect();
        this.recorded.merge(call.decided(), 1L, Long::sum);
        this.proposed.merge(effect, 1L, Long::sum);
        for (Verdict verdict : decision.verdicts()) {
            if (verdict.effect().compareTo(Effect.ASK) >= 0 && verdict.mode() != EnactMode.OBSERVE) {
                count(this.policies, verdict.policy());
            }
        }
        String action = call.request().action();
        if (this.actions.containsKey(action) || this.actions.size() < MOST_NAMES) {
            this.actions.merge(
                    action,
                    new ReplayReport.ActionFigures(1, (effect != Effect.PASS) ? 1 : 0),
                    (all, one) ->
                            new ReplayReport.ActionFigures(all.calls() + one.calls(), all.stopped() + one.stopped()));
        }
        if (effect != call.decided()) {
            this.changed.merge(effect, 1L, Long::sum);
            if (this.changes.size() < MOST_CHANGES) {
                this.changes.add(ReplayedCall.of(call.request(), call.decided(), effect, decision.verdicts()));
            }
        }
    }

    private static void count(Map<String, Long> counts, String name) {
        if (counts.containsKey(name) || counts.size() < MOST_NAMES) {
            counts.merge(name, 1L, Long::sum);
        }
    }

    ReplayReport report(String policySet, Instant since, Instant until, boolean complete) {
        return new ReplayReport(
                policySet,
                since,
                until,
                complete,
                this.calls,
                this.masked,
                this.unreadable,
                this.recorded,
                this.proposed,
                this.changed.getOrDefault(Effect.BLOCK, 0L),
                this.changed.getOrDefault(Effect.ASK, 0L),
                this.changed.getOrDefault(Effect.PASS, 0L),
                this.policies,
                this.actions,
                this.changes);
    }
}
