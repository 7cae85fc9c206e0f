package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.RunTooLargeException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Receipts of a store, log by log in the order of each, read in pages as they are asked for. What is appended to a log
 * after it was begun is not among them, so that a busy log comes to an end. Not thread-safe.
 */
final class StoredReceipts implements Iterator<Receipt> {

    private static final int PAGE = 200;

    private final ReceiptStore store;

    private final ReceiptFilter filter;

    private final Deque<String> logs;

    private final Deque<Receipt> ready = new ArrayDeque<>();

    private @Nullable String log;

    private long next;

    private long last;

    private StoredReceipts(ReceiptStore store, ReceiptFilter filter, List<String> logs, List<Receipt> ready) {
        this.store = store;
        this.filter = filter;
        this.logs = new ArrayDeque<>(logs);
        this.ready.addAll(ready);
    }

    /** Those that a filter wants. A run is found by the store; for anything else every log is read. */
    static StoredReceipts of(ReceiptStore store, ReceiptFilter filter) {
        if (filter.runId() != null) {
            try {
                List<Receipt> run = store.findByRun(filter.runId()).stream()
                        // what is damaged may be what was looked for
                        .filter(receipt -> receipt.damage() != null || filter.matches(receipt))
                        .sorted(Comparator.comparing(Receipt::log).thenComparingLong(Receipt::seq))
                        .toList();
                return new StoredReceipts(store, filter, List.of(), run);
            } catch (RunTooLargeException ex) {
                // it does not fit into the memory, so it is picked out of all
                return new StoredReceipts(store, filter, store.logs(), List.of());
            }
        }
        return new StoredReceipts(store, filter, store.logs(), List.of());
    }

    @Override
    public boolean hasNext() {
        while (this.ready.isEmpty()) {
            if (this.log == null) {
                if (this.logs.isEmpty()) {
                    return false;
                }
                begin(this.logs.removeFirst());
            } else {
                page(this.log);
            }
        }
        return true;
    }

    private void begin(String name) {
        this.store.head(name).ifPresent(head -> {
            this.log = name;
            // somebody may have put an entry before the first, and that must be seen
            this.next = Long.MIN_VALUE;
            this.last = head.seq();
        });
    }

    private void page(String name) {
        List<Receipt> page = this.store.read(name, this.next, PAGE);
        for (Receipt receipt : page) {
            // what is damaged may be what was looked for
            if (receipt.seq() <= this.last && (receipt.damage() != null || this.filter.matches(receipt))) {
                this.ready.add(receipt);
            }
        }
        long end = page.isEmpty() ? this.last : page.get(page.size() - 1).seq();
        if (end >= this.last || end < this.next) {
            // the log ended, or a store with a broken index goes in circles
            this.log = null;
        } else {
            this.next = end + 1;
        }
    }

    @Override
    public Receipt next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return this.ready.removeFirst();
    }
}
