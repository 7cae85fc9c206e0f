package cloud.enact.receipt;

import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.undo.ActionStep;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a decision in doubt was settled.
 *
 * @param decision the receipt of the decision
 * @param timestamp when it was settled
 * @param actor who settled it
 * @param status {@code SUCCEEDED}, {@code FAILED} or {@code UNKNOWN}: what is now taken for the outcome
 * @param word how it was settled: {@code completed}, {@code not_done}, {@code rolled_back} or {@code dismissed}
 * @param payload what was asked for, not yet masked
 * @param found what was found out, not yet masked
 * @param steps its steps, as far as they are known
 */
public record Reconciliation(
        Receipt decision,
        Instant timestamp,
        Actor actor,
        String status,
        String word,
        Map<String, @Nullable Object> payload,
        Map<String, @Nullable Object> found,
        List<ActionStep> steps) {

    /** The receipt that says so; it stands in the run and for the action that was in doubt. */
    public ReceiptDraft draft() {
        Map<String, @Nullable Object> fields = this.decision.fields();
        Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
        outcome.put(ReceiptDraft.STATUS, this.status);
        outcome.put("resolution", this.word);
        outcome.put("decided_in", this.decision.log() + "/" + this.decision.seq());
        outcome.putAll(this.found);
        return new ReceiptDraft(
                ReceiptKind.RECONCILED,
                this.decision.runId(),
                this.decision.actionId(),
                (fields.get("parent_action_id") instanceof String parent) ? UUID.fromString(parent) : null,
                this.timestamp,
                this.decision.action(),
                (fields.get("system") instanceof String system) ? system : "enact",
                (fields.get("workflow") instanceof String workflow) ? workflow : null,
                null,
                (fields.get("reversibility") instanceof String word) ? Reversibility.valueOf(word) : null,
                this.actor,
                this.payload,
                null,
                this.decision.mode(),
                null,
                outcome,
                List.copyOf(this.steps),
                null,
                null,
                null);
    }
}
