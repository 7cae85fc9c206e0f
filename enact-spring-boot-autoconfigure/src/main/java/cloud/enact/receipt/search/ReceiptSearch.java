package cloud.enact.receipt.search;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds receipts by words. The index only says where to look: every entry is read from the log and must have the words
 * itself, so that a manipulated index can hide a receipt and never make one up. Thread-safe.
 */
public final class ReceiptSearch {

    /** Entries one page looks at. */
    static final int MOST_LOOKED_AT = 100;

    private final ReceiptStore store;

    private final WordIndex index;

    private final TextProjection projection;

    public ReceiptSearch(ReceiptStore store, WordIndex index) {
        this.store = store;
        this.index = index;
        this.projection = new TextProjection(store, index);
    }

    /**
     * A page of receipts with all these words, newest first. As with {@link ReceiptStore#query} it may have fewer than
     * the limit and still say where to go on.
     *
     * @param words what {@link Words#asked} made of a query
     * @param filter what else must match
     * @param after where the previous page ended, or {@code null} for the first
     * @param limit at most this many, 1 to 1000
     */
    public ReceiptPage find(Set<String> words, ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        ReceiptStore.requireLimit(limit);
        int left = Math.max(limit + 1, MOST_LOOKED_AT);
        List<Receipt> found = new ArrayList<>();
        @Nullable ReceiptCursor end = after;
        while (left > 0) {
            int most = Math.min(left, limit + 1);
            List<ReceiptCursor> places = this.index.find(words, filter.since(), filter.until(), end, most);
            for (ReceiptCursor place : places) {
                Receipt receipt = this.store.find(place.log(), place.seq()).orElse(null);
                if (receipt != null && isWanted(receipt, words, filter)) {
                    if (found.size() == limit) {
                        return new ReceiptPage(found, end);
                    }
                    found.add(receipt);
                }
                end = place;
            }
            if (places.size() < most) {
                return new ReceiptPage(found, null);
            }
            left -= most;
        }
        return new ReceiptPage(found, end);
    }

    private static boolean isWanted(Receipt receipt, Set<String> words, ReceiptFilter filter) {
        return receipt.damage() == null
                && filter.matches(receipt)
                && Words.of(receipt).containsAll(words);
    }

    /** How far the index is behind the logs. */
    public TextProjection.Progress progress() {
        return this.projection.progress();
    }
}
