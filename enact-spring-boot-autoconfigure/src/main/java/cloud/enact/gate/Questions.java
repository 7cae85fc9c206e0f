package cloud.enact.gate;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.approval.ApprovalTerms;
import cloud.enact.approval.AskedCall;
import cloud.enact.policy.Quorum;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Masking;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts questions to people: what they are shown, and what their answer is bound to. Thread-safe. */
final class Questions {

    private final CallDigests digests;

    private final Masking masking;

    private final Duration timeout;

    private final Clock clock;

    Questions(CallDigests digests, Masking masking, Duration timeout, Clock clock) {
        this.digests = digests;
        this.masking = masking;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * What an approval of the call takes and is bound to.
     *
     * @throws QuorumException when nobody could approve it
     */
    ApprovalTerms terms(Question question) {
        ApprovalWish wish = question.wish();
        return new ApprovalTerms(
                this.digests.of(call(question)),
                this.digests.of(circumstances(question)),
                this.clock.instant().plus((wish != null) ? wish.timeout() : this.timeout),
                approvers(question.asks()),
                groups(question.asks()),
                (wish != null) ? wish.people() : Set.of());
    }

    /** Who asks for what in which conversation. */
    private static Map<String, @Nullable Object> call(Question question) {
        ActionRequest request = question.request();
        Actor actor = request.actor();
        Map<String, @Nullable Object> call = new LinkedHashMap<>();
        call.put("requester", actor.id());
        call.put("on_behalf_of", actor.onBehalfOf());
        call.put("agent", actor.agent());
        call.put("conversation", question.conversation());
        call.put("within", question.within());
        call.put("action", request.action());
        call.put("args", request.args());
        return call;
    }

    /** What else people looked at. */
    private static Map<String, @Nullable Object> circumstances(Question question) {
        ActionEffect effect = question.request().effect();
        Set<String> policies = new TreeSet<>();
        question.asks().forEach(ask -> policies.add(ask.policy()));
        Map<String, @Nullable Object> circumstances = new LinkedHashMap<>();
        circumstances.put("policy_set", question.decision().policySet());
        circumstances.put("policies", List.copyOf(policies));
        // a policy in Java may want more people, or others, than when it was asked
        circumstances.put("approvers", approvers(question.asks()));
        circumstances.put("groups", List.copyOf(new TreeSet<>(groups(question.asks()))));
        circumstances.put("effect", (effect != null) ? effect.describe() : null);
        circumstances.put("found", question.found().get());
        return circumstances;
    }

    private static int approvers(List<Verdict> asks) {
        int approvers = 1;
        for (Verdict ask : asks) {
            Quorum quorum = ask.quorum();
            approvers = Math.max(approvers, (quorum != null) ? quorum.approvers() : 1);
        }
        return approvers;
    }

    /** Groups that satisfy every policy that asks. */
    private static Set<String> groups(List<Verdict> asks) {
        Set<String> common = Set.of();
        for (Verdict ask : asks) {
            Set<String> wanted = (ask.quorum() != null) ? ask.quorum().groups() : Set.of();
            if (common.isEmpty()) {
                common = wanted;
            } else if (!wanted.isEmpty()) {
                Set<String> both = new HashSet<>(common);
                both.retainAll(wanted);
                if (both.isEmpty()) {
                    throw new QuorumException("Policies want people of different groups to approve this call, and no"
                            + " group satisfies all of them. Ask the operator to give those policies a group in"
                            + " common.");
                }
                common = both;
            }
        }
        return common;
    }

    /** The call as people are shown it. */
    AskedCall asked(Question question) {
        ActionRequest request = question.request();
        Actor actor = request.actor();
        Actor shown = new Actor(
                actor.id(),
                actor.roles(),
                this.masking.mask(actor.attributes()),
                actor.agent(),
                actor.onBehalfOf(),
                actor.source());
        return new AskedCall(
                request.run().id(),
                request.actionId(),
                request.action(),
                shown,
                question.conversation(),
                this.masking.mask(request.args()),
                question.asks().stream().map(this::shown).toList(),
                request.effect(),
                request.reversibility());
    }

    private Verdict shown(Verdict ask) {
        return new Verdict(ask.policy(), ask.effect(), this.masking.mask(ask.reason()), ask.mode(), ask.quorum());
    }
}
