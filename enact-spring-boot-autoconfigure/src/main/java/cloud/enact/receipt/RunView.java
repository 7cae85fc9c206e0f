package cloud.enact.receipt;

import cloud.enact.action.RunId;
import cloud.enact.policy.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run at a glance, with all its entries beneath. Immutable.
 *
 * @param runId the run
 * @param workflow its name, or {@code null}
 * @param userEmail id of the actor of its first action
 * @param decision strictest decision on its actions, of each the last; {@code null} for a run without a decision
 * @param policyResults every verdict behind that decision, as the entry has them
 * @param actionsTaken every step of the run, as the entries have them
 * @param timestamp time of the decision, or of the first entry for a run without
 * @param signature signature of that entry
 * @param verification what a check of the entries found
 * @param entries the entries as they were signed, in the order they were appended
 * @param contents what the encrypted ones of them say, as far as it can be read
 */
public record RunView(
        RunId runId,
        @Nullable String workflow,
        String userEmail,
        @Nullable String decision,
        List<@Nullable Object> policyResults,
        List<@Nullable Object> actionsTaken,
        Instant timestamp,
        String signature,
        Verification verification,
        List<Map<String, @Nullable Object>> entries,
        List<Map<String, @Nullable Object>> contents) {

    public RunView {
        policyResults = List.copyOf(policyResults);
        actionsTaken = List.copyOf(actionsTaken);
        entries = List.copyOf(entries);
        contents = List.copyOf(contents);
    }

    /**
     * Sums a run up.
     *
     * @param receipts its entries, in the order they were appended; at least one
     * @param verification what a check of them found
     * @throws IllegalArgumentException when there is no entry
     */
    public static RunView of(List<Receipt> receipts, Verification verification) {
        return of(receipts, verification, null);
    }

    /**
     * Sums a run up.
     *
     * @param receipts its entries, in the order they were appended; at least one
     * @param verification what a check of them found
     * @param decrypting reads encrypted ones, or {@code null} to leave them as they are
     * @throws IllegalArgumentException when there is no entry
     */
    public static RunView of(List<Receipt> receipts, Verification verification, @Nullable ReceiptContents decrypting) {
        if (receipts.isEmpty()) {
            throw new IllegalArgumentException("A run without entries has no view");
        }
        List<Map<String, @Nullable Object>> entries =
                receipts.stream().map(RunView::entry).toList();
        List<Map<String, @Nullable Object>> told = new ArrayList<>(entries);
        List<Map<String, @Nullable Object>> contents = new ArrayList<>();
        for (int i = 0; i < receipts.size() && decrypting != null; i++) {
            if (receipts.get(i).damage() == null && SealedContent.isIn(entries.get(i))) {
                ReceiptContents.Content content = decrypting.open(receipts.get(i));
                told.set(i, content.fields());
                contents.add(content.asMap());
            }
        }
        Map<UUID, Integer> decisions = new LinkedHashMap<>();
        List<@Nullable Object> actionsTaken = new ArrayList<>();
        for (int i = 0; i < receipts.size(); i++) {
            if (receipts.get(i).kind() == ReceiptKind.DECIDED) {
                decisions.put(receipts.get(i).actionId(), i);
            }
            actionsTaken.addAll(list(told.get(i).get("actions_taken")));
        }
        int main = 0;
        Effect strictest = Effect.ABSTAIN;
        for (int index : decisions.values()) {
            Effect effect = effect(receipts.get(index).decision());
            if (effect.compareTo(strictest) > 0) {
                main = index;
                strictest = effect;
            }
        }
        Receipt receipt = receipts.get(main);
        return new RunView(
                receipt.runId(),
                (entries.get(0).get("workflow") instanceof String name) ? name : null,
                receipts.get(0).actor(),
                (strictest != Effect.ABSTAIN) ? strictest.name() : receipt.decision(),
                list(told.get(main).get("policy_results")),
                actionsTaken,
                receipt.timestamp(),
                receipt.signature(),
                verification,
                entries,
                contents);
    }

    private static Effect effect(@Nullable String decision) {
        for (Effect effect : Effect.values()) {
            if (effect.name().equals(decision)) {
                return effect;
            }
        }
        return Effect.ABSTAIN;
    }

    private static List<@Nullable Object> list(@Nullable Object value) {
        return (value instanceof List<?> list) ? new ArrayList<@Nullable Object>(list) : List.of();
    }

    /** An entry as JSON-like values; one that can't be read is named with its damage, never left out. */
    public static Map<String, @Nullable Object> entry(Receipt receipt) {
        if (receipt.damage() == null) {
            return receipt.fields();
        }
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("log", receipt.log());
        entry.put("seq", receipt.seq());
        entry.put("damage", receipt.damage());
        return entry;
    }

    /** The view as JSON-like values, in the order a reader wants them. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("run_id", this.runId.toString());
        view.put("workflow", this.workflow);
        view.put("user_email", this.userEmail);
        view.put("decision", this.decision);
        view.put("policy_results", this.policyResults);
        view.put("actions_taken", this.actionsTaken);
        view.put("timestamp", Timestamps.format(this.timestamp));
        view.put("signature", this.signature);
        view.put("verification", this.verification.asMap());
        view.put("entries", this.entries);
        if (!this.contents.isEmpty()) {
            view.put("contents", this.contents);
        }
        return view;
    }

    /** The view as indented JSON, for people. */
    public String toJson() {
        return PrettyJson.write(asMap());
    }
}
