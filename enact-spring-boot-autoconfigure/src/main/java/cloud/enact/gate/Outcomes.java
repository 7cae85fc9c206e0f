package cloud.enact.gate;

import cloud.enact.action.ActionOutcome;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.FailureLog;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes COMPLETED receipts. The action has happened by then: failing to write is an ERROR, makes health DOWN and
 * leaves the run in doubt, but never changes what the caller gets.
 */
final class Outcomes {

    private static final FailureLog failures = new FailureLog(Outcomes.class);

    private final ReceiptLog receipts;

    private final TransactionBoundary transactions;

    private final Clock clock;

    private final GateState state;

    private final Set<UUID> inFlight = ConcurrentHashMap.newKeySet();

    Outcomes(ReceiptLog receipts, TransactionBoundary transactions, Clock clock, GateState state) {
        this.receipts = receipts;
        this.transactions = transactions;
        this.clock = clock;
        this.state = state;
    }

    /** Whether an action is still running here, so that its missing outcome means nothing yet. */
    boolean isInFlight(UUID actionId) {
        return this.inFlight.contains(actionId);
    }

    /** Counts the action as running, from before its decision is on record: a rollback must not look in between. */
    Pending begin(ActionScope scope, Decision decision, EnactMode mode, ActionGate.ReceiptListener listener) {
        this.inFlight.add(scope.request().actionId());
        return new Pending(scope, decision, mode, listener);
    }

    /** An action that was let through and has no outcome yet. */
    final class Pending {

        private final ActionScope scope;

        private final Decision decision;

        private final EnactMode mode;

        private final ActionGate.ReceiptListener listener;

        private Pending(ActionScope scope, Decision decision, EnactMode mode, ActionGate.ReceiptListener listener) {
            this.scope = scope;
            this.decision = decision;
            this.mode = mode;
            this.listener = listener;
        }

        /** The action does not run after all. */
        void withdraw() {
            Outcomes.this.inFlight.remove(this.scope.request().actionId());
        }

        /** The action runs. */
        void begins() {
            this.listener.begins();
        }

        /** Writes the outcome now, or when the caller's transaction has ended. */
        void end(ActionOutcome outcome) {
            this.scope.end();
            try {
                if (Outcomes.this.transactions.active()) {
                    Outcomes.this.transactions.afterCompletion(ending -> write(outcome, ending));
                    return;
                }
            } catch (RuntimeException ex) {
                failures.error(
                        "The end of the transaction around "
                                + this.scope.request().action() + " can't be followed",
                        ex);
                write(new ActionOutcome.Unknown("the end of its transaction could not be followed"), null);
                return;
            }
            write(outcome, null);
        }

        /** Sends what JPA holds back, which must happen inside the action that made it. */
        void flush() {
            try {
                if (Outcomes.this.transactions.active()) {
                    Outcomes.this.transactions.flush();
                }
            } catch (RuntimeException ex) {
                // the transaction is doomed and says so itself when it ends
                failures.debug("Flushing at the end of an action failed", ex);
            }
        }

        private void write(ActionOutcome outcome, TransactionBoundary.@Nullable Ending ending) {
            List<ActionStep> steps = this.scope.steps();
            Map<String, @Nullable Object> description = Map.of();
            try {
                description = describe(outcome, ending);
                Receipt receipt = Outcomes.this.receipts.append(ReceiptDraft.completed(
                        this.scope.request(),
                        this.decision,
                        this.mode,
                        Outcomes.this.clock.instant(),
                        reversibility(steps),
                        description,
                        steps));
                this.listener.appended(receipt);
            } catch (RuntimeException ex) {
                String what = "The outcome of action " + this.scope.request().action() + " in run "
                        + this.scope.request().run().id() + " could not be recorded; the run is in doubt";
                failures.error(what, ex);
                Outcomes.this.state.unrecorded(what, this.scope.runId(), this.scope.actionId());
            } finally {
                Outcomes.this.inFlight.remove(this.scope.request().actionId());
                this.listener.ended(
                        String.valueOf(description.get("status")),
                        (outcome instanceof ActionOutcome.Failed failed) ? failed.error() : null);
            }
        }

        private Reversibility reversibility(List<ActionStep> steps) {
            if (!this.scope.definition().judgedBySteps() || steps.isEmpty()) {
                return this.scope.definition().reversibility();
            }
            Reversibility strongest = Reversibility.READ_ONLY;
            for (ActionStep step : steps) {
                if (step.reversibility().compareTo(strongest) > 0) {
                    strongest = step.reversibility();
                }
            }
            return strongest;
        }

        private Map<String, @Nullable Object> describe(
                ActionOutcome outcome, TransactionBoundary.@Nullable Ending ending) {
            Map<String, @Nullable Object> description = new LinkedHashMap<>();
            if (outcome instanceof ActionOutcome.Failed failed) {
                description.put("status", "FAILED");
                if (failed.error() instanceof OutsideFailureException outside) {
                    description.put("error", outside.getMessage());
                    description.putAll(outside.details());
                } else {
                    description.put("error", error(failed.error()));
                }
            } else if (outcome instanceof ActionOutcome.Unknown unknown) {
                description.put("status", "UNKNOWN");
                description.put("error", unknown.reason());
            } else {
                description.put("status", "SUCCEEDED");
                if (outcome instanceof ActionOutcome.Succeeded told && told.value() instanceof OutsideResult result) {
                    description.putAll(result.details());
                }
                if (outcome instanceof ActionOutcome.Succeeded succeeded && AsyncResults.isLazy(succeeded.value())) {
                    description.put(
                            "result", "handed out to be used later, and what happens then is not in this receipt");
                }
            }
            if (ending != null) {
                description.put("transaction", ending.name());
                if (outcome instanceof ActionOutcome.Succeeded && ending == TransactionBoundary.Ending.ROLLED_BACK) {
                    description.put("status", "FAILED");
                    description.put("error", "the transaction around the action was rolled back");
                } else if (outcome instanceof ActionOutcome.Succeeded && ending == TransactionBoundary.Ending.UNKNOWN) {
                    description.put("status", "UNKNOWN");
                    description.put("error", "nobody knows how the transaction around the action ended");
                }
            }
            return description;
        }

        private String error(Throwable error) {
            String message = error.getMessage();
            return error.getClass().getSimpleName() + ((message != null) ? ": " + message : "");
        }
    }
}
