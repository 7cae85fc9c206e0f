package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What receipts to look for; every field that is not {@code null} must match exactly.
 *
 * @param runId run
 * @param kind kind
 * @param action action name
 * @param actor id of the actor
 * @param decision decision, such as {@code BLOCK}
 * @param since not before
 * @param until before
 * @param originalRunId run that was rolled back, so that only receipts of its rollbacks are found
 */
public record ReceiptFilter(
        @Nullable RunId runId,
        @Nullable ReceiptKind kind,
        @Nullable String action,
        @Nullable String actor,
        @Nullable String decision,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable RunId originalRunId) {

    /** A filter that does not look at the run that was rolled back. */
    public ReceiptFilter(
            @Nullable RunId runId,
            @Nullable ReceiptKind kind,
            @Nullable String action,
            @Nullable String actor,
            @Nullable String decision,
            @Nullable Instant since,
            @Nullable Instant until) {
        this(runId, kind, action, actor, decision, since, until, null);
    }

    /** Everything. */
    public static ReceiptFilter all() {
        return new ReceiptFilter(null, null, null, null, null, null, null, null);
    }

    /** The receipts of every rollback of a run; the run's own are not among them. */
    public static ReceiptFilter rollbacksOf(RunId runId) {
        return new ReceiptFilter(null, null, null, null, null, null, null, runId);
    }

    /** Whether an entry is wanted. */
    public boolean matches(Receipt receipt) {
        return (this.runId == null || this.runId.equals(receipt.runId()))
                && (this.kind == null || this.kind == receipt.kind())
                && (this.action == null || this.action.equals(receipt.action()))
                && (this.actor == null || this.actor.equals(receipt.actor()))
                && (this.decision == null || this.decision.equals(receipt.decision()))
                && (this.since == null || !receipt.timestamp().isBefore(this.since))
                && (this.until == null || receipt.timestamp().isBefore(this.until))
                && (this.originalRunId == null || this.originalRunId.equals(receipt.originalRunId()));
    }
}
