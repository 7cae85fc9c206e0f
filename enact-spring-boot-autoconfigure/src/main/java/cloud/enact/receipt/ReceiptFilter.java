package cloud.enact.receipt;

import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What receipts to look for; every field that is not {@code null} must match. Made with {@link #builder()}.
 *
 * @param runId run
 * @param kind kind
 * @param action name of the action
 * @param actionPrefix how the name of the action begins
 * @param system system, which is the first part of the action's name
 * @param workflow name of the run
 * @param actor id of the actor
 * @param decision decision of a call or result of a rollback, such as {@code BLOCK}; a word that no receipt has is an
 *     {@link IllegalArgumentException}
 * @param mode mode that held for the decision
 * @param policy name of a policy that objected: said ASK or BLOCK
 * @param since not before
 * @param until before
 * @param originalRunId run that was rolled back, so that only receipts of its rollbacks are found
 */
public record ReceiptFilter(
        @Nullable RunId runId,
        @Nullable ReceiptKind kind,
        @Nullable String action,
        @Nullable String actionPrefix,
        @Nullable String system,
        @Nullable String workflow,
        @Nullable String actor,
        @Nullable String decision,
        @Nullable EnactMode mode,
        @Nullable String policy,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable RunId originalRunId) {

    private static final Set<String> DECISIONS = Collections.unmodifiableSet(new LinkedHashSet<>(
            List.of("PASS", "ASK", "BLOCK", "ROLLED_BACK", "PARTIAL", "REFUSED", "PENDING", "NOTHING_TO_UNDO")));

    private static final ReceiptFilter ALL = builder().build();

    public ReceiptFilter {
        if (decision != null && !DECISIONS.contains(decision)) {
            throw new IllegalArgumentException("'decision' is one of " + String.join(", ", DECISIONS));
        }
    }

    /** What receipts have for a decision: of a call, and of a rollback. */
    public static Set<String> decisions() {
        return DECISIONS;
    }

    /** Everything. */
    public static ReceiptFilter all() {
        return ALL;
    }

    /** The receipts of a run. */
    public static ReceiptFilter ofRun(RunId runId) {
        return builder().run(runId).build();
    }

    /** The receipts of an action. */
    public static ReceiptFilter ofAction(String action) {
        return builder().action(action).build();
    }

    /** The receipts of a kind. */
    public static ReceiptFilter ofKind(ReceiptKind kind) {
        return builder().kind(kind).build();
    }

    /** The receipts of every rollback of a run; the run's own are not among them. */
    public static ReceiptFilter rollbacksOf(RunId runId) {
        return builder().rollbacksOf(runId).build();
    }

    /** A filter to be narrowed; each verb takes {@code null} for "any". */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether an entry is wanted. */
    public boolean matches(Receipt receipt) {
        return equal(this.runId, receipt.runId())
                && equal(this.kind, receipt.kind())
                && equal(this.action, receipt.action())
                && (this.actionPrefix == null || receipt.action().startsWith(this.actionPrefix))
                && equal(this.system, receipt.system())
                && equal(this.workflow, receipt.workflow())
                && equal(this.actor, receipt.actor())
                && equal(this.decision, receipt.decision())
                && equal(this.mode, receipt.mode())
                && (this.policy == null || receipt.objectors().contains(this.policy))
                && (this.since == null || !receipt.timestamp().isBefore(this.since))
                && (this.until == null || receipt.timestamp().isBefore(this.until))
                && equal(this.originalRunId, receipt.originalRunId());
    }

    private static boolean equal(@Nullable Object wanted, @Nullable Object found) {
        return wanted == null || wanted.equals(found);
    }

    /** Gathers the fields of a filter. Not thread-safe. */
    public static final class Builder {

        private @Nullable RunId runId;

        private @Nullable ReceiptKind kind;

        private @Nullable String action;

        private @Nullable String actionPrefix;

        private @Nullable String system;

        private @Nullable String workflow;

        private @Nullable String actor;

        private @Nullable String decision;

        private @Nullable EnactMode mode;

        private @Nullable String policy;

        private @Nullable Instant since;

        private @Nullable Instant until;

        private @Nullable RunId originalRunId;

        private Builder() {}

        public Builder run(@Nullable RunId runId) {
            this.runId = runId;
            return this;
        }

        public Builder kind(@Nullable ReceiptKind kind) {
            this.kind = kind;
            return this;
        }

        public Builder action(@Nullable String action) {
            this.action = action;
            this.actionPrefix = null;
            return this;
        }

        /** An action as people write it: its name, or how that begins and a star, as in {@code billing.*}. */
        public Builder actions(@Nullable String pattern) {
            if (pattern == null || !pattern.endsWith("*")) {
                return action(pattern);
            }
            this.action = null;
            this.actionPrefix = pattern.substring(0, pattern.length() - 1);
            return this;
        }

        public Builder system(@Nullable String system) {
            this.system = system;
            return this;
        }

        public Builder workflow(@Nullable String workflow) {
            this.workflow = workflow;
            return this;
        }

        /** The id of an actor. */
        public Builder actor(@Nullable String actor) {
            this.actor = actor;
            return this;
        }

        /** The decision of a call, or the result of a rollback. */
        public Builder decision(@Nullable String decision) {
            this.decision = decision;
            return this;
        }

        public Builder mode(@Nullable EnactMode mode) {
            this.mode = mode;
            return this;
        }

        /** The name of a policy that said ASK or BLOCK. */
        public Builder policy(@Nullable String policy) {
            this.policy = policy;
            return this;
        }

        /** Not before. */
        public Builder since(@Nullable Instant since) {
            this.since = since;
            return this;
        }

        /** Before. */
        public Builder until(@Nullable Instant until) {
            this.until = until;
            return this;
        }

        /** The run that was rolled back. */
        public Builder rollbacksOf(@Nullable RunId originalRunId) {
            this.originalRunId = originalRunId;
            return this;
        }

        public ReceiptFilter build() {
            return new ReceiptFilter(
                    this.runId,
                    this.kind,
                    this.action,
                    this.actionPrefix,
                    this.system,
                    this.workflow,
                    this.actor,
                    this.decision,
                    this.mode,
                    this.policy,
                    this.since,
                    this.until,
                    this.originalRunId);
        }
    }
}
