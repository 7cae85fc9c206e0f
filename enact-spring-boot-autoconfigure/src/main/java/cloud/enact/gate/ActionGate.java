package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.FailureLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The enforcement point: the one type that knows the order of things. Every door leads here. Thread-safe.
 *
 * <p>Before the action whatever goes wrong stops it (in {@code enforce}); after it nothing does any more.
 */
final class ActionGate {

    private static final FailureLog failures = new FailureLog(ActionGate.class);

    private final FailClosed decisions;

    private final ReceiptLog receipts;

    private final InverseCapture inverses;

    private final Outcomes outcomes;

    private final ActionScopes scopes;

    private final AsyncResults results;

    private final ActorChain actors;

    private final IdGenerator ids;

    private final Clock clock;

    private final EnactMode mode;

    private final GateState state;

    private final List<CallObserver> observers;

    /** Calls that count what happened before are decided and put on record one after the other. */
    private final ReentrantLock oneByOne = new ReentrantLock();

    ActionGate(
            FailClosed decisions,
            ReceiptLog receipts,
            InverseCapture inverses,
            Outcomes outcomes,
            ActionScopes scopes,
            AsyncResults results,
            ActorChain actors,
            IdGenerator ids,
            Clock clock,
            EnactMode mode,
            GateState state,
            List<CallObserver> observers) {
        this.decisions = decisions;
        this.receipts = receipts;
        this.inverses = inverses;
        this.outcomes = outcomes;
        this.scopes = scopes;
        this.results = results;
        this.actors = actors;
        this.ids = ids;
        this.clock = clock;
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
        ActionRequest request = request(call, around, objections);
        ActionScope scope = new ActionScope(call, request, around);
        Decision decision = this.decisions.decide(request, objections, !call.malformed());
        InverseCapture.Captured captured = null;
        if (!decision.stops()) {
            try (ActionScopes.Binding binding = this.scopes.enter(scope)) {
                captured = this.inverses.capture(call, scope);
            } catch (InverseCapture.FailedException ex) {
                decision = this.decisions.against(decision, VerdictNames.CAPTURE, String.valueOf(ex.getMessage()));
            }
        }
        Outcomes.Pending pending;
        if (decision.lookedBack() && !decision.stops()) {
            this.oneByOne.lock();
            try {
                // what was decided at the same moment is on record by now, and counts
                decision = this.decisions.decide(request, objections, !call.malformed());
                pending = settle(scope, decision, listener);
            } finally {
                this.oneByOne.unlock();
            }
        } else {
            pending = settle(scope, decision, listener);
        }
        if (decision.stops()) {
            this.state.blocked();
            throw new ActionBlockedException(request.action(), request.run().id(), decision);
        }
        this.state.passed();
        return perform(call, scope, captured, pending);
    }

    /** Puts the decision on record. */
    private Outcomes.Pending settle(ActionScope scope, Decision decision, ReceiptListener listener) {
        Outcomes.Pending pending = this.outcomes.begin(scope, decision, this.mode, listener);
        boolean goesOn = false;
        try {
            record(scope.request(), decision, listener);
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

    private ActionRequest request(GateCall call, @Nullable ActionScope around, List<Verdict> objections) {
        return new ActionRequest(
                this.ids.next(),
                (call.run() != null) ? call.run() : this.scopes.runOrNew(this.ids),
                (around != null) ? around.request().actionId() : null,
                call.definition().name(),
                call.args(),
                actor(call, around, objections),
                null,
                call.definition().reversibility(),
                this.clock.instant());
    }

    private Actor actor(GateCall call, @Nullable ActionScope around, List<Verdict> objections) {
        try {
            if (call.actor() != null) {
                return call.actor().get();
            }
            return (around != null) ? around.request().actor() : this.actors.resolve(Map.of());
        } catch (RuntimeException | LinkageError ex) {
            failures.error("Who asks for action " + call.definition().name() + " could not be found out", ex);
            if (this.mode == EnactMode.OBSERVE) {
                this.state.failedOpen("Who asks for an action could not be found out");
            }
            objections.add(new Verdict(
                    VerdictNames.ACTOR,
                    Effect.BLOCK,
                    "Nobody could find out who asks, so nothing may run. Ask the operator to look at the log.",
                    null));
            return Actor.anonymous();
        }
    }

    private void record(ActionRequest request, Decision decision, ReceiptListener listener) {
        listener.decided(decision);
        EnactMode held = (decision.stops()) ? EnactMode.ENFORCE : this.mode;
        try {
            listener.appended(this.receipts.append(ReceiptDraft.decided(request, decision, held)));
        } catch (RuntimeException ex) {
            String what = "The decision on action " + request.action() + " could not be recorded";
            failures.error(what, ex);
            if (this.mode == EnactMode.OBSERVE && !decision.stops()) {
                this.state.failedOpen(what);
                return;
            }
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
