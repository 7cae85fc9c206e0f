package cloud.enact.gate;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.IdGenerator;
import cloud.enact.connector.ConnectorException;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicyDecisionPoint;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.GovernedAction;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final PolicyDecisionPoint policies;

    private final ReceiptLog receipts;

    private final UndoLog undoLog;

    private final BlobStore blobs;

    private final IdGenerator ids;

    private final Clock clock;

    private final EnactMode mode;

    private final GateState state;

    private final LeaseGuard lease;

    GatedSteps(
            ActionScopes scopes,
            FailClosed decisions,
            PolicyDecisionPoint policies,
            ReceiptLog receipts,
            UndoLog undoLog,
            BlobStore blobs,
            IdGenerator ids,
            Clock clock,
            EnactMode mode,
            GateState state,
            LeaseGuard lease) {
        this.scopes = scopes;
        this.decisions = decisions;
        this.policies = policies;
        this.receipts = receipts;
        this.undoLog = undoLog;
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
            ActionEffect effect = measured(step, scope);
            return judged(step, scope, effect, () -> perform(step, scope, effect));
        } finally {
            step.release();
        }
    }

    /** Goes on when the policies let the step, with an effect like this. */
    private StepResult judged(
            StepOperation step, ActionScope scope, @Nullable ActionEffect effect, Supplier<StepResult> goOn) {
        ActionRequest observed = judge(step, scope, effect);
        boolean success = false;
        try {
            StepResult result = goOn.get();
            success = true;
            return result;
        } finally {
            if (observed != null) {
                complete(observed, success);
            }
        }
    }

    /** Judges the step; returns its request when it goes on although enforcing would have stopped it. */
    private @Nullable ActionRequest judge(StepOperation step, ActionScope scope, @Nullable ActionEffect effect) {
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
        Decision decision = (same || effect == null)
                ? this.decisions.decide(request)
                : this.decisions.decide(request, action.with(effect));
        if (decision.effect() == Effect.PASS) {
            return null;
        }
        boolean recorded = record(request, decision);
        if (decision.stops() || !(recorded || this.mode == EnactMode.OBSERVE)) {
            this.state.blocked();
            throw new ActionBlockedException(
                    step.action(),
                    action.run().id(),
                    decision.stops() ? decision : this.decisions.unrecorded(decision));
        }
        return recorded ? request : null;
    }

    private boolean record(ActionRequest request, Decision decision) {
        try {
            this.receipts.append(
                    ReceiptDraft.decided(request, decision, decision.stops() ? EnactMode.ENFORCE : this.mode));
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

    private void complete(ActionRequest observed, boolean success) {
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

    /** How much the step changes; nobody lets it go on when it should say so and can't. */
    private static @Nullable ActionEffect measured(StepOperation step, ActionScope scope) {
        try {
            return step.effect();
        } catch (Throwable ex) {
            scope.add(ActionStep.of(step, false, Map.of("error", StepFailedException.describe(ex)), null, null));
            throw new StepFailedException(step.action(), ex);
        }
    }

    private StepResult perform(StepOperation step, ActionScope scope, @Nullable ActionEffect judged) {
        Capture capture = null;
        try {
            capture = step.capture(this.blobs);
        } catch (Throwable ex) {
            uncaptured(step, scope, ex);
        }
        Capture captured = capture;
        ActionEffect effect = measured(step, scope);
        return Objects.equals(effect, judged)
                ? captured(step, scope, captured)
                : judged(step, scope, effect, () -> captured(step, scope, captured));
    }

    private StepResult captured(StepOperation step, ActionScope scope, @Nullable Capture capture) {
        UndoRecord record = null;
        try {
            if (capture != null) {
                record = this.undoLog
                        .about(scope.request())
                        .begin(
                                scope.request().run().id(),
                                scope.request().actionId(),
                                step.undoneBy(),
                                step.operation(),
                                step.undoArgs(),
                                step.reversibility(),
                                capture);
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
        if (record == null) {
            return;
        }
        try {
            this.undoLog.end(record.position(), end, fingerprint);
        } catch (Throwable ex) {
            // the intent stays, with what the step was expected to leave: rollback finds out by looking
            failures.warn("The end of step " + record.action() + " could not be noted in the undo log", ex);
        }
    }
}
