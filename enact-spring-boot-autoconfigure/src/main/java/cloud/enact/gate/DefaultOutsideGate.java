package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.GapDraft;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lets a call through as a promise, which is kept when somebody tells what came of the call. */
final class DefaultOutsideGate implements OutsideGate {

    private final ActionGate gate;

    private final ActionScopes scopes;

    private final FailClosed decisions;

    private final OutsideSteps steps;

    private final ReceiptLog receipts;

    private final IdGenerator ids;

    private final Clock clock;

    DefaultOutsideGate(
            ActionGate gate,
            ActionScopes scopes,
            FailClosed decisions,
            OutsideSteps steps,
            ReceiptLog receipts,
            IdGenerator ids,
            Clock clock) {
        this.gate = gate;
        this.scopes = scopes;
        this.decisions = decisions;
        this.steps = steps;
        this.receipts = receipts;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Judged judge(OutsideCall call) {
        Promised promised = new Promised();
        Heard heard = new Heard();
        try {
            this.gate.call(gateCall(call, () -> letThrough(call, promised)), heard);
            return new Judged(heard.actionId(this.ids), heard.decided(), null, promised);
        } catch (ActionBlockedException ex) {
            UUID ticket = (ex instanceof ApprovalRequiredException asked) ? asked.getTicket() : null;
            OverruledCall overruled = new OverruledCall(
                    request(call, heard.actionId(this.ids)), ex.getDecision(), this.receipts, this.clock);
            return (ticket == null && ex.getDecision().enforced() == Effect.ASK)
                    ? askedElsewhere(call, overruled)
                    : new Judged(overruled.request().actionId(), ex.getDecision(), ticket, overruled);
        } catch (OutsideFailureException ex) {
            return uncaptured(heard.actionId(this.ids), heard.decided(), ex, promised);
        } catch (RuntimeException | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new IllegalStateException("The gate failed, so '" + call.action() + "' must not be carried out", ex);
        }
    }

    /** Captures what the call changes while it is not yet answered. */
    private Object letThrough(OutsideCall call, Promised promised) {
        OutsideChanges changes = call.changes();
        ActionScope scope = this.scopes.current();
        if (changes != null && scope != null) {
            OutsideSteps.Begun begun = this.steps.begin(changes, scope.request(), true);
            promised.begun = begun;
            scope.beforeEnd(() -> {
                begun.settle().forEach(scope::add);
                begun.note();
            });
        }
        return promised.promise;
    }

    /** The user at the agent may let it go on, and nobody hears of that before it is done. */
    private Judged askedElsewhere(OutsideCall call, OverruledCall overruled) {
        OutsideChanges changes = call.changes();
        UUID actionId = overruled.request().actionId();
        if (changes != null) {
            try {
                overruled.captured(this.steps.begin(changes, overruled.request(), false));
            } catch (OutsideFailureException ex) {
                overruled.failed(String.valueOf(ex.getMessage()), Map.of());
                return uncaptured(actionId, overruled.decision(), ex, overruled);
            }
        }
        return new Judged(actionId, overruled.decision(), null, overruled);
    }

    private Judged uncaptured(UUID actionId, Decision decision, OutsideFailureException why, OutsideEnd end) {
        Decision against = this.decisions.against(decision, VerdictNames.CAPTURE, String.valueOf(why.getMessage()));
        return new Judged(actionId, against, null, end);
    }

    private static GateCall gateCall(OutsideCall call, GateCall.Body body) {
        List<Verdict> objections = (call.unreadable() == null)
                ? call.objections()
                : List.of(new Verdict(VerdictNames.ARGUMENTS, Effect.BLOCK, call.unreadable(), EnactMode.ENFORCE));
        return new GateCall(
                ActionDefinition.of(call.action(), call.reversibility()),
                call.args(),
                Set.of(),
                objections,
                null,
                call.run(),
                call::actor,
                call.attended() ? Door.OUTSIDE : Door.CODE,
                body,
                call.conversation(),
                null,
                false);
    }

    @Override
    public void ungoverned(OutsideCall call, Map<String, @Nullable Object> outcome) {
        this.receipts.append(GapDraft.of(request(call, this.ids.next()), outcome));
    }

    private ActionRequest request(OutsideCall call, UUID actionId) {
        Reversibility known = call.reversibility();
        return new ActionRequest(
                actionId,
                call.run(),
                null,
                call.action(),
                call.args(),
                call.actor(),
                null,
                (known != null) ? known : Reversibility.IRREVERSIBLE,
                this.clock.instant());
    }

    /** What the gate tells of a call on the way. */
    private static final class Heard implements ActionGate.ReceiptListener {

        private volatile @Nullable Decision decision;

        private volatile @Nullable UUID actionId;

        @Override
        public void decided(Decision decided) {
            this.decision = decided;
        }

        @Override
        public void appended(Receipt receipt) {
            this.actionId = receipt.actionId();
        }

        Decision decided() {
            Decision known = this.decision;
            if (known == null) {
                throw new IllegalStateException("A call was let through without a decision");
            }
            return known;
        }

        /** While observing, what can't be recorded goes on. */
        UUID actionId(IdGenerator ids) {
            UUID known = this.actionId;
            return (known != null) ? known : ids.next();
        }
    }

    /** The end of a call that was let through. */
    private static final class Promised implements OutsideEnd {

        private final CompletableFuture<OutsideResult> promise = new CompletableFuture<>();

        private volatile OutsideSteps.@Nullable Begun begun;

        @Override
        public void succeeded(Map<String, @Nullable Object> details) {
            told(true);
            this.promise.complete(new OutsideResult(details));
        }

        @Override
        public void failed(String error, Map<String, @Nullable Object> details) {
            told(false);
            this.promise.completeExceptionally(new OutsideFailureException(error, details));
        }

        @Override
        public void unknown(String reason) {
            this.promise.completeExceptionally(new OutcomeUnknownException(reason));
        }

        private void told(boolean success) {
            OutsideSteps.Begun captured = this.begun;
            if (captured != null) {
                captured.told(success);
            }
        }
    }
}
