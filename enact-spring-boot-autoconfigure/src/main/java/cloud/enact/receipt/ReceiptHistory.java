package cloud.enact.receipt;

import cloud.enact.action.RunId;
import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.EarlierAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The past as the receipts tell it, of every process that writes to the same store. Thread-safe.
 *
 * <p>It looks at no more than {@value #MOST_ENTRIES} entries, or 32 MB of them, and throws beyond.
 */
public final class ReceiptHistory implements ActionHistory {

    static final int MOST_ENTRIES = 10_000;

    private static final long MOST_BYTES = 32L * 1024 * 1024;

    /** Of entries of the largest size a page takes no more than a few megabytes. */
    private static final int PAGE = 200;

    private final Supplier<ReceiptStore> store;

    private final ReceiptContents contents;

    /** What happened then or later is not seen; {@code null} to see everything. */
    private final @Nullable Instant until;

    /**
     * Creates the history of a store.
     *
     * @param store asked at the first look back, so that policies can be made before it is open
     */
    public ReceiptHistory(Supplier<ReceiptStore> store) {
        this(store, ReceiptContents.withoutKeys());
    }

    /**
     * Creates the history of a store whose receipts may be encrypted.
     *
     * @param store asked at the first look back, so that policies can be made before it is open
     * @param contents decrypts them; what is erased is seen without arguments
     */
    public ReceiptHistory(Supplier<ReceiptStore> store, ReceiptContents contents) {
        this(store, contents, null);
    }

    private ReceiptHistory(Supplier<ReceiptStore> store, ReceiptContents contents, @Nullable Instant until) {
        this.store = store;
        this.contents = contents;
        this.until = until;
    }

    /** The past as it was at a moment. */
    public ActionHistory before(Instant moment) {
        return new ReceiptHistory(this.store, this.contents, moment);
    }

    @Override
    public List<EarlierAction> ofRun(RunId run) {
        List<EarlierAction> actions =
                find(ReceiptFilter.builder().run(run).until(this.until).build(), "run " + run);
        Collections.reverse(actions);
        return actions;
    }

    @Override
    public List<EarlierAction> since(String action, Instant since) {
        return find(
                ReceiptFilter.builder()
                        .action(action)
                        .since(since)
                        .until(this.until)
                        .build(),
                "action '" + action + "'");
    }

    /** Finds actions, newest first. */
    private List<EarlierAction> find(ReceiptFilter filter, String what) {
        Map<UUID, Boolean> failed = new HashMap<>();
        List<EarlierAction> actions = new ArrayList<>();
        int entries = 0;
        long bytes = 0;
        for (Receipt receipt : this.store.get().all(filter, PAGE)) {
            bytes += receipt.size();
            if (++entries > MOST_ENTRIES || bytes > MOST_BYTES) {
                throw new ReceiptStoreException("There are more receipts of " + what + " than can be looked at", null);
            }
            if (receipt.damage() != null) {
                throw new ReceiptStoreException("A receipt of " + what + " is damaged", null);
            }
            if (receipt.kind() == ReceiptKind.COMPLETED) {
                failed.put(receipt.actionId(), isFailureWithoutSteps(receipt.fields()));
            } else if (receipt.kind() == ReceiptKind.RECONCILED) {
                failed.put(receipt.actionId(), wasNotDone(receipt.fields()));
            } else if (receipt.letsRun()) {
                actions.add(action(receipt, failed.getOrDefault(receipt.actionId(), false)));
            }
        }
        return actions;
    }

    private EarlierAction action(Receipt receipt, boolean failed) {
        ReceiptContents.Content content = this.contents.open(receipt);
        if (content.state() == ReceiptContents.State.LOCKED) {
            throw new ReceiptStoreException(
                    "A receipt of action '" + receipt.action() + "' can't be read: " + content.problem(), null);
        }
        return new EarlierAction(
                receipt.action(),
                payload(content.fields()),
                receipt.actor(),
                receipt.timestamp(),
                null,
                receipt.actionId(),
                failed);
    }

    private static boolean wasNotDone(Map<String, @Nullable Object> fields) {
        return fields.get("outcome_detail") instanceof Map<?, ?> detail && "not_done".equals(detail.get("resolution"));
    }

    private static boolean isFailureWithoutSteps(Map<String, @Nullable Object> fields) {
        return "FAILED".equals(fields.get("outcome"))
                && !(fields.get("actions_taken") instanceof List<?> steps && !steps.isEmpty());
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts for names
    private static Map<String, @Nullable Object> payload(Map<String, @Nullable Object> fields) {
        return (fields.get("payload") instanceof Map<?, ?> payload)
                ? Collections.unmodifiableMap((Map<String, @Nullable Object>) payload)
                : Map.of();
    }
}
