package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import java.util.ArrayList;
import java.util.HashMap;
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
 *     that was not a refusal; a rollback that was rolled back as a whole does not count, and one that was in part is
 *     {@code PARTIAL}
 * @param newestFirst receipts of the newest rollbacks, refused ones too, at most {@value #MAX}
 */
public record RollbackState(String state, List<Receipt> newestFirst) {

    /** Receipts that are shown. */
    public static final int MAX = 50;

    public RollbackState {
        newestFirst = List.copyOf(newestFirst);
    }

    private static final String NONE = "NONE";

    /** States of a rollback of which some is, or may be, done again. */
    private static final Set<String> UNFINISHED =
            Set.of("STARTED", RollbackResult.PARTIAL.name(), RollbackResult.PENDING.name());

    /** Rollbacks of rollbacks of rollbacks that are followed. */
    private static final int DEEPEST = 20;

    /** Looks a run up. */
    public static RollbackState of(ReceiptStore store, RunId runId) {
        return of(store, runId, DEEPEST);
    }

    private static RollbackState of(ReceiptStore store, RunId runId, int deepest) {
        ReceiptFilter filter = ReceiptFilter.rollbacksOf(runId);
        ReceiptPage page = store.query(filter, null, MAX);
        List<Receipt> newest = page.receipts();
        @Nullable String state = state(store, newest, deepest);
        // refusals are made easily, and must not hide what was done before them
        while (state == null && page.next() != null) {
            page = store.query(filter, page.next(), MAX);
            state = state(store, page.receipts(), deepest);
        }
        return new RollbackState((state != null) ? state : NONE, newest);
    }

    private static @Nullable String state(ReceiptStore store, List<Receipt> newestFirst, int deepest) {
        Map<RunId, String> own = new HashMap<>();
        for (Receipt receipt : newestFirst) {
            if (RollbackResult.REFUSED.name().equals(receipt.decision())) {
                continue;
            }
            String ofRollback = own.computeIfAbsent(receipt.runId(), id -> stateOf(store, id, deepest));
            if (!ofRollback.equals(RollbackResult.ROLLED_BACK.name())) {
                return (UNFINISHED.contains(ofRollback)) ? RollbackResult.PARTIAL.name() : result(receipt);
            }
        }
        return null;
    }

    private static String result(Receipt receipt) {
        return (receipt.kind() == ReceiptKind.ROLLED_BACK && receipt.decision() != null)
                ? receipt.decision()
                : "STARTED";
    }

    private static String stateOf(ReceiptStore store, RunId rollback, int deepest) {
        return (deepest > 0) ? of(store, rollback, deepest - 1).state() : NONE;
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
