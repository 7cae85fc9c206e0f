package cloud.enact.api;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.Decision;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.facts.Facts;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers what would be decided. Nothing is executed, and nothing is recorded. Thread-safe. */
public final class Decisions {

    private final PolicySet effective;

    private final PolicySetFactory factory;

    private final Function<String, @Nullable Reversibility> known;

    private final IdGenerator ids;

    private final Clock clock;

    /**
     * Creates what answers.
     *
     * @param effective the policies of the application
     * @param factory makes sets of the policies that a question brings along
     * @param known tells of an action whether it can be taken back; {@code null} for one that is not known
     * @param ids makes ids for calls that are imagined
     * @param clock tells the time where a question does not
     */
    public Decisions(
            PolicySet effective,
            PolicySetFactory factory,
            Function<String, @Nullable Reversibility> known,
            IdGenerator ids,
            Clock clock) {
        this.effective = effective;
        this.factory = factory;
        this.known = known;
        this.ids = ids;
        this.clock = clock;
    }

    /** Answers a question. */
    Map<String, @Nullable Object> answer(@Nullable Object json) {
        DecisionRequest request = DecisionRequest.read(json, this.known, this.ids, this.clock);
        List<PolicySpec> specs = request.policies();
        PolicySet policies =
                (specs != null) ? ApiException.policies(() -> this.factory.createNamed(specs)) : this.effective;
        ActionHistory history = request.history();
        Decision decision =
                (history != null) ? policies.decide(request.call(), history) : policies.decide(request.call());
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("decision", decision.effect().name());
        answer.put(
                "policy_results",
                decision.verdicts().stream().map(Verdict::asMap).toList());
        answer.put("policy_set", decision.policySet());
        if (request.explain()) {
            answer.put("facts", Facts.explain(PolicyInputs.of(request.call())));
        }
        return answer;
    }
}
