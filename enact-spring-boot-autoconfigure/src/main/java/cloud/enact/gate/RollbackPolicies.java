package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.rollback.RollbackGate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks the policies that name {@code enact.rollback} whether a run may be rolled back. */
final class RollbackPolicies implements RollbackGate {

    private final FailClosed decisions;

    private final IdGenerator ids;

    private final Clock clock;

    RollbackPolicies(FailClosed decisions, IdGenerator ids, Clock clock) {
        this.decisions = decisions;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Permission ask(Wish wish) {
        Decision decision = this.decisions.decideNamed(new ActionRequest(
                this.ids.next(),
                Run.of(wish.runId()),
                null,
                ReceiptDraft.ROLLBACK,
                args(wish),
                wish.actor(),
                null,
                Reversibility.COMPENSATABLE,
                this.clock.instant()));
        return decision.verdicts().isEmpty()
                ? new Permission(true, List.of(), Map.of())
                : new Permission(!decision.stops(), decision.reasons(), record(decision));
    }

    private static Map<String, @Nullable Object> args(Wish wish) {
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        args.put("run_id", wish.runId().toString());
        args.put("redo", wish.redo());
        args.put("reason", (wish.reason() != null) ? wish.reason() : "");
        args.put("systems", List.copyOf(new TreeSet<>(wish.systems())));
        args.put("steps", wish.steps());
        args.put("irreversible", wish.irreversible());
        args.put("selected", wish.selected());
        return args;
    }

    private static Map<String, @Nullable Object> record(Decision decision) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("decision", decision.effect().name());
        record.put("policy_set", decision.policySet());
        record.put(
                "policy_results",
                decision.verdicts().stream().map(RollbackPolicies::result).toList());
        return record;
    }

    private static Map<String, @Nullable Object> result(Verdict verdict) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("policy", verdict.policy());
        result.put("effect", verdict.effect().name());
        result.put("reason", verdict.reason());
        if (verdict.mode() != null) {
            result.put("mode", verdict.mode().name().toLowerCase(Locale.ROOT));
        }
        return result;
    }
}
