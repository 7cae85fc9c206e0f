package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.FailureLog;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The end of a call that was stopped, and that a person at the agent's own prompt let go on. Thread-safe. */
final class OverruledCall implements OutsideEnd {

    private static final FailureLog failures = new FailureLog(OverruledCall.class);

    private final ActionRequest request;

    private final Decision decision;

    private final ReceiptLog receipts;

    private final Clock clock;

    private final AtomicBoolean ended = new AtomicBoolean();

    private volatile OutsideSteps.@Nullable Begun begun;

    OverruledCall(ActionRequest request, Decision decision, ReceiptLog receipts, Clock clock) {
        this.request = request;
        this.decision = decision;
        this.receipts = receipts;
        this.clock = clock;
    }

    ActionRequest request() {
        return this.request;
    }

    /** What was decided before it was overruled. */
    Decision decision() {
        return this.decision;
    }

    /** What it is about to change was captured. */
    void captured(OutsideSteps.Begun captured) {
        this.begun = captured;
    }

    @Override
    public void succeeded(Map<String, @Nullable Object> details) {
        record(true, null, details);
    }

    @Override
    public void failed(String error, Map<String, @Nullable Object> details) {
        record(false, error, details);
    }

    @Override
    public void unknown(String reason) {
        // it was stopped, and nobody told anything else
    }

    private void record(boolean success, @Nullable String error, Map<String, @Nullable Object> details) {
        if (!this.ended.compareAndSet(false, true)) {
            return;
        }
        Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
        outcome.put(ReceiptDraft.STATUS, success ? "SUCCEEDED" : "FAILED");
        if (error != null) {
            outcome.put("error", error);
        }
        outcome.putAll(details);
        try {
            this.receipts.append(ReceiptDraft.completed(
                    this.request,
                    this.decision,
                    EnactMode.ENFORCE,
                    this.clock.instant(),
                    this.request.reversibility(),
                    outcome,
                    steps(success)));
            note();
        } catch (RuntimeException ex) {
            failures.error(
                    "The outcome of action " + this.request.action() + " in run "
                            + this.request.run().id() + " could not be recorded",
                    ex);
        }
    }

    private List<ActionStep> steps(boolean success) {
        OutsideSteps.Begun captured = this.begun;
        if (captured == null) {
            return List.of();
        }
        captured.told(success);
        return captured.settle();
    }

    /** Until a receipt tells of the call, nobody may claim that a step of it has ended. */
    private void note() {
        OutsideSteps.Begun captured = this.begun;
        if (captured != null) {
            captured.note();
        }
    }
}
