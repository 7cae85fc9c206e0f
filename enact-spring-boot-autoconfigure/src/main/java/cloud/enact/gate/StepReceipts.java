package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicyDecisionPoint;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.FailureLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Puts on record what holds for single steps, where that is not what holds for their action. Never throws. */
final class StepReceipts {

    private static final FailureLog failures = new FailureLog(StepReceipts.class);

    private final ReceiptLog receipts;

    private final PolicyDecisionPoint policies;

    private final Clock clock;

    private final EnactMode mode;

    private final GateState state;

    StepReceipts(ReceiptLog receipts, PolicyDecisionPoint policies, Clock clock, EnactMode mode, GateState state) {
        this.receipts = receipts;
        this.policies = policies;
        this.clock = clock;
        this.mode = mode;
        this.state = state;
    }

    /** Records what holds for a step; returns whether that was possible. */
    boolean decided(ActionRequest request, Consent consent) {
        Decision decision = consent.decision();
        try {
            this.receipts.append(ReceiptDraft.decided(
                    request, decision, decision.stops() ? EnactMode.ENFORCE : this.mode, consent.approval()));
            return true;
        } catch (RuntimeException ex) {
            String what = "The decision on step " + request.action() + " could not be recorded";
            failures.error(what, ex);
            if (this.mode == EnactMode.OBSERVE) {
                this.state.failedOpen(what);
            }
            return false;
        }
    }

    /** Records what came of a step that has a decision on record. */
    void completed(ActionRequest observed, boolean success) {
        try {
            this.receipts.append(ReceiptDraft.completed(
                    observed,
                    Decision.of(List.of(), this.mode, this.policies.policySet()),
                    this.mode,
                    this.clock.instant(),
                    observed.reversibility(),
                    Map.of("status", success ? "SUCCEEDED" : "FAILED"),
                    List.of()));
        } catch (RuntimeException ex) {
            String what = "The outcome of step " + observed.action() + " could not be recorded";
            failures.error(what, ex);
            this.state.unrecorded(what, observed.run().id(), observed.actionId());
        }
    }
}
