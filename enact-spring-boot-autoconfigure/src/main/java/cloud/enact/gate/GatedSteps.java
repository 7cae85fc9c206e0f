package cloud.enact.gate;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.IdGenerator;
import cloud.enact.connector.ConnectorException;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.GovernedAction;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.UndoRecord;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs connector steps inside the governed action of this thread. A step is judged by the same policies as the
 * action it belongs to, because a tool's arguments need not show what its connector will do.
 */
final class GatedSteps implements StepExecutor {

    private static final FailureLog failures = new FailureLog(GatedSteps.class);

    private final ActionScopes scopes;

    private final FailClosed decisions;

    private final Consents consents;

    private final StepReceipts receipts;

    private final StepRecords records;

    private final BlobStore blobs;

    private final IdGenerator ids;

    private final Clock clock;

    private final EnactMode mode;

    private final GateState state;

    private final LeaseGuard lease;

    GatedSteps(
            ActionScopes scopes,
            FailClosed decisions,
            Consents consents,
            StepReceipts receipts,
            StepRecords records,
            BlobStore blobs,
            IdGenerator ids,
            Clock clock,
            EnactMode mode,
            GateState state,
            LeaseGuard lease) {
        this.scopes = scopes;
        this.decisions = decisions;
        this.consents = consents;
        this.receipts = receipts;
        this.records = records;
        this.blobs = blobs;
        this.ids = ids;
        this.clock = clock;
        this.mode = mode;
        this.state = state;
        this.lease = lease;
    }

    @Override
    public StepResult perform(StepOperation step, GovernedAction within) {
        if (!(within instanceof ActionScope scope)) {
            throw new IllegalArgumentException("Only an action of this gate has steps");
        }
        try (ActionScopes.Binding binding = this.scopes.enter(scope)) {
            return perform(step);
        }
    }

    @Override
    public StepResult perform(StepOperation step) {
        ActionScope scope = this.scopes.current();
        if (scope == null) {
            throw new IllegalStateException("Step '" + step.action()
                    + "' was called outside of a governed action. Call it from an @EnactAction method or through"
                    + " Enact.run; in reactive code set spring.reactor.context-propagation=auto.");
        }
        if (scope.isOver()) {
            throw new IllegalStateException("Step '" + step.action() + "' was called after action '"
                    + scope.request().action() + "' had ended, too late for its record. Let the action end when its"
                    + " last step has: return a Mono, Flux or CompletableFuture.");
        }
        if (scope.stepCount() >= ActionScope.MAX_STEPS) {
            throw new IllegalStateException("Action '" + scope.request().action() + "' has taken "
                    + ActionScope.MAX_STEPS + " steps, which is as many as one action may take");
        }
        try {
            return judged(step, scope);
        } finally {
            step.release();
        }
    }

    private StepResult judged(StepOperation step, ActionScope scope) {
        ActionEffect effect = measured(step, scope);
        StepJudgement judgement = judge(step, scope, effect);
        if (asksPeople(judgement)) {
            // people decide on what it really comes to, which is known once it is captured, and they are asked once
            Capture capture = capture(step, scope);
            return recaptured(step, scope, capture);
        }
        return settled(judgement, scope, null, () -> {
            Capture capture = capture(step, scope);
            return Objects.equals(measured(step, scope), effect)
                    ? captured(step, scope, capture)
                    : recaptured(step, scope, capture);
        });
    }

    /** Judges a step that is captured. What people decide on is looked at only now: from here on a change is noticed. */
    private StepResult recaptured(StepOperation step, ActionScope scope, @Nullable Capture capture) {
        StepJudgement whole = judge(step, scope, measured(step, scope));
        Object found = asksPeople(whole) ? found(step, scope) : null;
        return settled(whole, scope, found, () -> captured(step, scope, capture));
    }

    private boolean asksPeople(@Nullable StepJudgement judgement) {
        return judgement != null && judgement.isAsked() && this.consents.areReachable();
    }

    /** Goes on when the policies, and people they ask, let the step. */
    private StepResult settled(
            @Nullable StepJudgement judgement, ActionScope scope, @Nullable Object found, Supplier<StepResult> goOn) {
        ActionRequest observed = (judgement != null) ? settle(judgement, scope, found) : null;
        boolean success = false;
        try {
            StepResult result = goOn.get();
            success = true;
            return result;
        } finally {
            if (observed != null) {
                this.receipts.completed(observed, success);
            }
        }
    }

    /** Judges the step; {@code null} when policies have nothing against it that people have not answered. */
    private @Nullable StepJudgement judge(StepOperation step, ActionScope scope, @Nullable ActionEffect effect) {
        ActionRequest action = scope.request();
        boolean same = action.action().equals(step.action());
        if (same && effect == null && action.args().equals(step.args())) {
            // the action is this step, and was judged as such
            return null;
        }
        ActionRequest request = new ActionRequest(
                this.ids.next(),
                action.run(),
                action.actionId(),
                step.action(),
                step.args(),
                action.actor(),
                null,
                step.reversibility(),
                this.clock.instant(),
                effect);
        Decision own = this.decisions.decide(request);
        Decision decision = (same || effect == null) ? own : this.decisions.decide(own, action.with(effect));
        if (decision.effect() == Effect.PASS) {
            return null;
        }
        // what people were shown is the action with its arguments: another step of that name is not approved
        boolean shown = same && request.args().equals(action.args());
        StepJudgement judgement = StepJudgement.of(request, decision, own, shown, scope);
        return judgement.isAnswered() ? null : judgement;
    }

    /** Puts what holds on record; returns the request when the step goes on and its outcome is to be recorded. */
    private @Nullable ActionRequest settle(StepJudgement judgement, ActionScope scope, @Nullable Object found) {
        ActionRequest request = judgement.request();
        Consent consent = judgement.decision().effect() == Effect.ASK
                ? this.consents.use(this.consents.on(judgement.question(scope, found)))
                : Consent.of(judgement.decision());
        boolean recorded = this.receipts.decided(request, consent);
        consent = this.consents.tell(consent, recorded);
        if (!recorded && (consent.isPending() || !consent.decision().stops())) {
            if (!consent.decision().stops() && this.mode == EnactMode.OBSERVE) {
                return null;
            }
            consent = Consent.of(this.decisions.unrecorded(consent.decision()));
        }
        if (consent.decision().stops()) {
            this.state.blocked();
            throw consent.refusal(request);
        }
        return request;
    }

    /** How much the step changes; nobody lets it go on when it should say so and can't. */
    private static @Nullable ActionEffect measured(StepOperation step, ActionScope scope) {
        return GatedSteps.<@Nullable ActionEffect>told(step, scope, step::effect);
    }

    /** What is there before the step, for people to decide on. */
    private static @Nullable Object found(StepOperation step, ActionScope scope) {
        return GatedSteps.<@Nullable Object>told(step, scope, step::found);
    }

    private static <T extends @Nullable Object> T told(StepOperation step, ActionScope scope, Callable<T> look) {
        try {
            return look.call();
        } catch (Throwable ex) {
            scope.add(ActionStep.of(step, false, Map.of("error", StepFailedException.describe(ex)), null, null));
            throw new StepFailedException(step.action(), ex);
        }
    }

    private @Nullable Capture capture(StepOperation step, ActionScope scope) {
        try {
            return step.capture(this.blobs);
        } catch (Throwable ex) {
            uncaptured(step, scope, ex);
            return null;
        }
    }

    private StepResult captured(StepOperation step, ActionScope scope, @Nullable Capture capture) {
        UndoRecord record = null;
        try {
            if (capture != null) {
                record = this.records.begin(step, scope.request(), capture);
            }
        } catch (Throwable ex) {
            uncaptured(step, scope, ex);
        }
        return apply(step, scope, capture, record);
    }

    private void uncaptured(StepOperation step, ActionScope scope, Throwable why) {
        String what = "What step " + step.action() + " changes could not be captured";
        if (this.mode == EnactMode.ENFORCE) {
            String error = (why instanceof ConnectorException) ? StepFailedException.describe(why) : what;
            scope.add(ActionStep.of(step, false, Map.of("error", error), null, null));
            throw new StepFailedException(step.action(), why);
        }
        failures.error(what, why);
        this.state.failedOpen(what);
    }

    private StepResult apply(
            StepOperation step, ActionScope scope, @Nullable Capture capture, @Nullable UndoRecord record) {
        StepResult result;
        try {
            this.lease.requireHeldSince(scope.begun());
            result = step.apply(capture);
        } catch (Throwable ex) {
            end(record, UndoRecord.State.FAILED, step.left());
            scope.add(ActionStep.of(step, false, Map.of("error", StepFailedException.describe(ex)), null, record));
            throw new StepFailedException(step.action(), ex);
        }
        end(record, UndoRecord.State.DONE, result.fingerprint());
        scope.add(ActionStep.of(step, true, step.recorded(result), result.alreadyDone(), record));
        return result;
    }

    private void end(@Nullable UndoRecord record, UndoRecord.State end, @Nullable Fingerprint fingerprint) {
        if (record != null) {
            this.records.end(record, end, fingerprint);
        }
    }
}
