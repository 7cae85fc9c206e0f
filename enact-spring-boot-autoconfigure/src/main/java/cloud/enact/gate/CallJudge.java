package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.Quorum;
import cloud.enact.policy.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on calls, in view of what people said where policies ask them. Thread-safe. */
final class CallJudge {

    private final FailClosed decisions;

    private final Consents consents;

    private final InverseCapture inverses;

    CallJudge(FailClosed decisions, Consents consents, InverseCapture inverses) {
        this.decisions = decisions;
        this.consents = consents;
        this.inverses = inverses;
    }

    /**
     * What is decided on.
     *
     * @param objections what its door says against it
     * @param awaited what the call has waited for before it is judged again, or {@code null}
     */
    record Matter(
            GateCall call,
            ActionScope scope,
            List<Verdict> objections,
            @Nullable ApprovalRequest awaited) {

        /** Whether the caller can be kept waiting for people: once, and not where somebody else waits behind it. */
        boolean mayWait() {
            return this.awaited == null && (this.call.wish() != null || !this.scope.isDeferred());
        }
    }

    /** What policies and people say; people are asked where nobody has asked them. */
    Consent decide(Matter matter) {
        return found(matter, policies(matter));
    }

    /**
     * What they say after a while.
     *
     * @param before what they said, with which the call could go on
     * @return {@code null} when people would have to be looked for, and what the call changes looked at
     */
    @Nullable
    Consent again(Matter matter, Consent before) {
        Decision decision = policies(matter);
        if (!Question.isAsked(decision) || !this.consents.areReachable()) {
            return found(matter, decision);
        }
        if (!before.isApproved() || !asked(before.decision()).equals(asked(decision))) {
            return null;
        }
        matter.scope().approve(Question.asks(decision));
        return new Consent(decision.approved(), before.request(), false);
    }

    /** What policies ask for: an approval is bound to it, and not to their words. */
    private static List<Object> asked(Decision decision) {
        record Wanted(String policy, @Nullable Quorum quorum) {}
        return List.of(
                decision.policySet(),
                Question.asks(decision).stream()
                        .map(ask -> new Wanted(ask.policy(), ask.quorum()))
                        .toList());
    }

    private Decision policies(Matter matter) {
        return this.decisions.decide(
                matter.scope().request(), matter.objections(), !matter.call().malformed());
    }

    private Consent found(Matter matter, Decision decision) {
        ActionScope scope = matter.scope();
        if (decision.effect() != Effect.ASK) {
            // what was approved when it was decided before is not used now
            scope.approve(List.of());
            return Consent.of(decision);
        }
        if (matter.call().door() == Door.OUTSIDE && !this.consents.areReachable()) {
            // it stays an ASK, which the agent puts to its user
            scope.approve(List.of());
            return Consent.of(decision);
        }
        ActionRequest request = scope.request();
        List<Verdict> asks = Question.asks(decision);
        Consent consent = this.consents.on(new Question(
                request,
                decision,
                asks,
                scope.conversation(),
                null,
                () -> this.inverses.look(matter.call(), scope),
                matter.call().wish(),
                matter.mayWait(),
                matter.awaited()));
        scope.approve(consent.isApproved() ? asks : List.of());
        return consent;
    }

    /** A call that is judged in another way each time must not run. */
    Consent giveUp(Consent consent) {
        return Consent.of(this.decisions.against(
                consent.decision(),
                VerdictNames.GATE,
                "So much else happens that it is never the same what policies ask. Repeat the call later."));
    }
}
