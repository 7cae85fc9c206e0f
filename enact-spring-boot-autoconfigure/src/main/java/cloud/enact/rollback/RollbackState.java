package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rollbacks of a run are on record, as their receipts say; the receipts are not verified here. Immutable.
 *
 * @param state {@code NONE}, {@code STARTED} for one that has not ended (or whose end was lost), or the newest result
 *     that was not a refusal
 * @param newestFirst receipts of the newest rollbacks, at most {@value #MAX}
 */
public record RollbackState(String state, List<Receipt> newestFirst) {

    /** Receipts that are looked at. */
    public static final int MAX = 50;

    public RollbackState {
        newestFirst = List.copyOf(newestFirst);
    }

    /** Looks a run up. */
    public static RollbackState of(ReceiptStore store, RunId runId) {
        List<Receipt> receipts =
                store.query(ReceiptFilter.rollbacksOf(runId), null, MAX).receipts();
        String state = "NONE";
        for (Receipt receipt : receipts) {
            if (!RollbackResult.REFUSED.name().equals(receipt.decision())) {
                state = (receipt.kind() == ReceiptKind.ROLLED_BACK && receipt.decision() != null)
                        ? receipt.decision()
                        : "STARTED";
                break;
            }
        }
        return new RollbackState(state, receipts);
    }

    /** The state as JSON-like values: one element per rollback, newest first. */
    public Map<String, @Nullable Object> asMap() {
        Set<RunId> told = new LinkedHashSet<>();
        List<Map<String, @Nullable Object>> rollbacks = new ArrayList<>();
        for (Receipt receipt : this.newestFirst) {
            if (told.add(receipt.runId())) {
                Map<String, @Nullable Object> rollback = new LinkedHashMap<>();
                rollback.put("run_id", receipt.runId().toString());
                rollback.put("result", (receipt.decision() != null) ? receipt.decision() : "STARTED");
                rollback.put("actor", receipt.actor());
                rollback.put("timestamp", receipt.timestamp().toString());
                rollbacks.add(rollback);
            }
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("state", this.state);
        map.put("rollbacks", rollbacks);
        return map;
    }
}
