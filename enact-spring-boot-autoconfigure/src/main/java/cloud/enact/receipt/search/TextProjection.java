package cloud.enact.receipt.search;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Fills an index with the words of receipts: reads each log in order, from where it stopped. What is interrupted or
 * crashes goes on there. Thread-safe.
 */
public final class TextProjection {

    private static final int PAGE = 200;

    private final ReceiptStore store;

    private final WordIndex index;

    private final AtomicLong failures = new AtomicLong();

    public TextProjection(ReceiptStore store, WordIndex index) {
        this.store = store;
        this.index = index;
    }

    /**
     * Reads what was appended since the last time. Ends early when its thread is interrupted.
     *
     * @return how many entries were read
     */
    public long catchUp() {
        try {
            return catchUpWithAll();
        } catch (RuntimeException ex) {
            this.failures.incrementAndGet();
            throw ex;
        }
    }

    /** How often {@link #catchUp} failed. */
    public long failures() {
        return this.failures.get();
    }

    private long catchUpWithAll() {
        long read = 0;
        for (String log : this.store.logs()) {
            if (isAnotherLogNow(log)) {
                this.index.clear();
                return catchUpWithAll();
            }
            read += catchUp(log);
        }
        return read;
    }

    /** Throws the index away and makes it anew. */
    public long rebuild() {
        this.index.clear();
        return catchUp();
    }

    private long catchUp(String log) {
        long read = 0;
        while (!Thread.currentThread().isInterrupted()) {
            long reached = reached(log);
            List<Receipt> page = this.store.read(log, reached + 1, PAGE);
            if (page.isEmpty()) {
                break;
            }
            this.index.add(reached, page.stream().map(TextProjection::entry).toList());
            read += page.size();
            if (page.get(page.size() - 1).seq() == Long.MAX_VALUE) {
                break;
            }
        }
        return read;
    }

    private long reached(String log) {
        return this.index.reached(log).map(place -> place.key().seq()).orElse(0L);
    }

    private static WordIndex.Entry entry(Receipt receipt) {
        return new WordIndex.Entry(
                new WordIndex.Place(ReceiptCursor.of(receipt), receipt.signature()), Words.of(receipt));
    }

    /** Whether what was read last is not there any more: the store was put back, or is another one. */
    private boolean isAnotherLogNow(String log) {
        Optional<WordIndex.Place> reached = this.index.reached(log);
        return reached.isPresent()
                && this.store
                        .find(log, reached.get().key().seq())
                        .filter(entry -> entry.signature().equals(reached.get().signature()))
                        .isEmpty();
    }

    /** How far it has come. */
    public Progress progress() {
        long behind = 0;
        @Nullable Instant complete = null;
        for (String log : this.store.logs()) {
            Optional<Receipt> head = this.store.head(log);
            Optional<WordIndex.Place> reached = this.index.reached(log);
            long missing = Math.max(
                    0,
                    head.map(Receipt::seq).orElse(0L)
                            - reached.map(place -> place.key().seq()).orElse(0L));
            if (missing > 0) {
                behind += missing;
                Instant upTo = reached.map(place -> place.key().timestamp()).orElse(Instant.EPOCH);
                complete = (complete == null || upTo.isBefore(complete)) ? upTo : complete;
            }
        }
        return new Progress(behind, complete);
    }

    /**
     * How far the index is behind the logs.
     *
     * @param behind receipts that are not in it yet
     * @param upTo the time up to which it holds everything, or {@code null} when it is not behind
     */
    public record Progress(long behind, @Nullable Instant upTo) {}
}
