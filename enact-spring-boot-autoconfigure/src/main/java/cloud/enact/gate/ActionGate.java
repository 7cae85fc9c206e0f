package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.FailureLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The enforcement point: the one type that knows the order of things. Every door leads here. Thread-safe.
 *
 * <p>Before the action whatever goes wrong stops it (in {@code enforce}); after it nothing does any more.
 */
final class ActionGate {

    private static final FailureLog failures = new FailureLog(ActionGate.class);

    /** How often a call is judged whose policies ask something else each time. */
    private static final int ATTEMPTS = 5;

    private final FailClosed decisions;

    private final Consents consents;

    private final CallJudge judge;

    private final ReceiptLog receipts;

    private final InverseCapture inverses;

    private final Outcomes outcomes;

    private final ActionScopes scopes;

    private final AsyncResults results;

    private final GateRequests requests;

    private final EnactMode mode;

    private final GateState state;

    private final List<CallObserver> observers;

    /** Calls that count what happened before are decided and put on record one after the other. */
    private final ReentrantLock oneByOne = new ReentrantLock();

    ActionGate(
            FailClosed decisions,
            Consents consents,
            ReceiptLog receipts,
            InverseCapture inverses,
            Outcomes outcomes,
            ActionScopes scopes,
            AsyncResults results,
            GateRequests requests,
            EnactMode mode,
            GateState state,
            List<CallObserver> observers) {
        this.decisions = decisions;
        this.consents = consents;
        this.judge = new CallJudge(decisions, consents, inverses);
        this.receipts = receipts;
        this.inverses = inverses;
        this.outcomes = outcomes;
        this.scopes = scopes;
        this.results = results;
        this.requests = requests;
        this.mode = mode;
        this.state = state;
        this.observers = List.copyOf(observers);
    }

    /** Whether decisions stop calls. */
    EnactMode mode() {
        return this.mode;
    }

    /** What the gate knows of its own health. */
    GateState state() {
        return this.state;
    }

    /**
     * Judges the call, records the decision, lets it through or not, records the outcome.
     *
     * @return what the action returned
     * @throws ActionBlockedException when the call must not happen
     * @throws Throwable whatever the action throws
     */
    @Nullable
    Object call(GateCall call) throws Throwable {
        return call(call, new ReceiptListener() {});
    }

    /** As {@link #call(GateCall)}, and hands over each receipt of this call when it is durable. */
    @Nullable
    Object call(GateCall call, ReceiptListener listener) throws Throwable {
        ActionScope around = this.scopes.current();
        if (around != null) {
            ActionScope.Threshold threshold = around.threshold();
            if (around.admits(call)) {
                return goOn(call, around, threshold);
            }
        }
        WatchedCall watched = WatchedCall.begin(this.observers, call, this.mode, listener);
        Runnable leave = watched.enter();
        try {
            return judge(call, around, watched);
        } catch (Throwable ex) {
            watched.threw(ex);
            throw ex;
        } finally {
            leave.run();
        }
    }

    private @Nullable Object judge(GateCall call, @Nullable ActionScope around, ReceiptListener listener)
            throws Throwable {
        List<Verdict> objections = new ArrayList<>(call.objections());
        ActionRequest request = this.requests.of(call, around, objections);
        return judge(call, request, around, objections, listener, null);
    }

    /**
     * Judges a call.
     *
     * @param awaited what the call has waited for before it is judged again; {@code null} when it may still be kept
     *     waiting for people
     */
    private @Nullable Object judge(
            GateCall call,
            ActionRequest request,
            @Nullable ActionScope around,
            List<Verdict> objections,
            ReceiptListener listener,
            @Nullable ApprovalRequest awaited)
            throws Throwable {
        ActionScope scope = new ActionScope(call, request, around);
        CallJudge.Matter matter = new CallJudge.Matter(call, scope, objections, awaited);
        Consent consent = this.judge.decide(matter);
        InverseCapture.Captured captured = null;
        if (!consent.decision().stops()) {
            try (ActionScopes.Binding binding = this.scopes.enter(scope)) {
                captured = this.inverses.capture(call, scope);
            } catch (InverseCapture.FailedException ex) {
                consent = Consent.of(this.decisions.against(
                        consent.decision(), VerdictNames.CAPTURE, String.valueOf(ex.getMessage())));
            }
        }
        Settled settled = settle(matter, consent, listener);
        consent = settled.consent();
        Decision decision = consent.decision();
        if (decision.stops()) {
            consent = this.consents.tell(consent, true);
            ApprovalRequest asked = (matter.mayWait() && consent.isPending()) ? consent.request() : null;
            if (asked != null && this.consents.await(asked, this.consents.patience(call.wish()))) {
                return judge(call, this.requests.again(request), around, objections, listener, asked);
            }
            this.state.blocked();
            throw consent.refusal(request);
        }
        this.state.passed();
        return perform(call, scope, captured, settled.pending());
    }

    /**
     * What was decided in the end.
     *
     * @param pending the outcome it will have where it goes on
     */
    private record Settled(Consent consent, Outcomes.Pending pending) {}

    /**
     * Uses an approval up and puts the decision on record. Other calls wait for that where past calls count, so nobody
     * is asked then and nothing is looked at, which takes its time.
     */
    private Settled settle(CallJudge.Matter matter, Consent first, ReceiptListener listener) {
        Consent consent = first;
        for (int i = 0; consent.decision().lookedBack() && !consent.decision().stops(); i++) {
            if (i == ATTEMPTS) {
                consent = this.judge.giveUp(consent);
                break;
            }
            this.oneByOne.lock();
            try {
                // what was decided at the same moment is on record by now, and counts
                Consent still = this.judge.again(matter, consent);
                if (still != null) {
                    return use(matter.scope(), still, listener);
                }
            } finally {
                this.oneByOne.unlock();
            }
            consent = this.judge.decide(matter);
        }
        return use(matter.scope(), consent, listener);
    }

    private Settled use(ActionScope scope, Consent consent, ReceiptListener listener) {
        Consent used = this.consents.use(consent);
        return new Settled(used, settle(scope, used, listener));
    }

    /** Puts the decision on record. */
    private Outcomes.Pending settle(ActionScope scope, Consent consent, ReceiptListener listener) {
        Decision decision = consent.decision();
        Outcomes.Pending pending = this.outcomes.begin(scope, decision, this.mode, listener);
        boolean goesOn = false;
        try {
            record(scope.request(), consent, listener);
            goesOn = !decision.stops();
        } finally {
            if (!goesOn) {
                pending.withdraw();
            }
        }
        return pending;
    }

    private @Nullable Object goOn(GateCall call, ActionScope scope, ActionScope.Threshold threshold) throws Throwable {
        try {
            return AsyncResults.onFailure(call.body().invoke(), () -> scope.returnTo(threshold));
        } catch (Throwable ex) {
            scope.returnTo(threshold);
            throw ex;
        }
    }

    private void record(ActionRequest request, Consent consent, ReceiptListener listener) {
        Decision decision = consent.decision();
        listener.decided(decision);
        EnactMode held = (decision.stops()) ? EnactMode.ENFORCE : this.mode;
        try {
            listener.appended(this.receipts.append(ReceiptDraft.decided(request, decision, held, consent.approval())));
        } catch (RuntimeException ex) {
            String what = "The decision on action " + request.action() + " could not be recorded";
            failures.error(what, ex);
            if (this.mode == EnactMode.OBSERVE && !decision.stops()) {
                this.state.failedOpen(what);
                return;
            }
            this.consents.tell(consent, false);
            this.state.blocked();
            throw new ActionBlockedException(request.action(), request.run().id(), this.decisions.unrecorded(decision));
        }
    }

    private @Nullable Object perform(
            GateCall call, ActionScope scope, InverseCapture.@Nullable Captured captured, Outcomes.Pending pending)
            throws Throwable {
        pending.begins();
        Consequence consequence = new Consequence(this.scopes, scope, captured, pending);
        Object value;
        try (ActionScopes.Binding binding = this.scopes.enter(scope)) {
            value = call.body().invoke();
        } catch (OutcomeUnknownException ex) {
            consequence.unknown(String.valueOf(ex.getMessage()));
            throw ex;
        } catch (Throwable ex) {
            consequence.failed(ex);
            throw ex;
        }
        return this.results.follow(value, scope, consequence);
    }

    /** Is told of what becomes of a call. */
    interface ReceiptListener {

        /** The decision is made, and not yet on record. */
        default void decided(Decision decision) {}

        /** A receipt of the call is durable. */
        default void appended(Receipt receipt) {}

        /** The action is let through: it will have an outcome. */
        default void begins() {}

        /**
         * The action has an outcome, on record if that was possible.
         *
         * @param status as its receipt says
         * @param error what it threw, or {@code null}
         */
        default void ended(String status, @Nullable Throwable error) {}
    }
}
