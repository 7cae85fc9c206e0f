package cloud.enact.receipt;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives entries their places, signs them, and stores as many at once as go together; then answers their callers. Only
 * the thread that appends uses it.
 */
final class BatchCommitter {

    private static final Log logger = LogFactory.getLog(BatchCommitter.class);

    /** Bytes of one commit: a single larger entry goes alone. */
    static final int BATCH_BYTES = 8 * 1024 * 1024;

    /** What part of the time that callers wait may go into signatures before what is signed is stored. */
    private static final int SIGNING_PART = 16;

    private final ReceiptStore store;

    private final ReceiptSigner signer;

    private final LogHead head;

    private final LogCounters counters;

    private final ByteBudget room;

    private final @Nullable Checkpointer checkpointer;

    private final long signingNanos;

    private final LongSupplier nanoTime;

    private volatile boolean leaseLost;

    BatchCommitter(
            ReceiptStore store,
            ReceiptSigner signer,
            LogHead head,
            LogCounters counters,
            ByteBudget room,
            @Nullable Checkpointer checkpointer,
            Duration deadline,
            LongSupplier nanoTime) {
        this.store = store;
        this.signer = signer;
        this.head = head;
        this.counters = counters;
        this.room = room;
        this.checkpointer = checkpointer;
        this.signingNanos = deadline.dividedBy(SIGNING_PART).toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether another process writes the log by now. */
    boolean isLeaseLost() {
        return this.leaseLost;
    }

    /** Stores entries, in order, in as many commits as it takes. */
    void commitAll(List<PendingReceipt> entries) {
        Deque<PendingReceipt> waiting = new ArrayDeque<>(entries);
        while (!waiting.isEmpty()) {
            List<PendingReceipt> batch = new ArrayList<>(waiting.size());
            try {
                commit(waiting, batch);
            } catch (Throwable ex) { // whatever it is, the callers must hear of it and the thread must live
                this.head.forget();
                this.leaseLost |= ex instanceof LogLeaseLostException;
                logger.debug("Batch of " + batch.size() + " receipts failed", ex);
                fail(batch, ex);
            }
            batch.forEach(this::free);
        }
    }

    private void fail(List<PendingReceipt> batch, Throwable ex) {
        this.counters.failed(batch.size(), ex);
        batch.forEach(pending -> pending.done().completeExceptionally(ex));
    }

    private void free(PendingReceipt pending) {
        this.room.giveBack(pending.size());
    }

    /**
     * Makes one commit.
     *
     * @param waiting what goes into it is taken away
     * @param batch gets what was taken and has no answer yet
     */
    private void commit(Deque<PendingReceipt> waiting, List<PendingReceipt> batch) {
        @Nullable PendingReceipt first = next(waiting, Integer.MAX_VALUE);
        if (first == null) {
            return;
        }
        batch.add(first);
        List<Receipt> receipts = new ArrayList<>(waiting.size() + 2);
        begin(waiting, batch, receipts);
        batch.clear();
        long start = this.nanoTime.getAsLong();
        int bytes = 0;
        for (PendingReceipt pending = first; pending != null; pending = next(waiting, BATCH_BYTES - bytes)) {
            batch.add(pending);
            bytes += pending.size();
            sign(batch, receipts);
            // a key that is kept elsewhere may be slow: what is signed must not wait until its callers have left
            if (this.nanoTime.getAsLong() - start > this.signingNanos) {
                break;
            }
        }
        if (batch.isEmpty()) {
            this.head.forget();
            return;
        }
        this.store.append(receipts);
        this.head.kept();
        this.counters.appended(batch.size());
        stored(batch, receipts);
    }

    /** Learns where the log ends; a store that can't tell is not asked again for each who waits. */
    private void begin(Deque<PendingReceipt> waiting, List<PendingReceipt> batch, List<Receipt> receipts) {
        try {
            this.head.know();
            Receipt change = this.head.keyChange();
            if (change != null) {
                receipts.add(change);
            }
        } catch (RuntimeException | Error ex) {
            for (PendingReceipt next = next(waiting, Integer.MAX_VALUE);
                    next != null;
                    next = next(waiting, Integer.MAX_VALUE)) {
                batch.add(next);
            }
            throw ex;
        }
    }

    /** Takes the next entry that its caller still waits for, if it has no more bytes than that. */
    private @Nullable PendingReceipt next(Deque<PendingReceipt> waiting, int bytes) {
        for (PendingReceipt next = waiting.peek(); next != null; next = waiting.peek()) {
            if (next.isWithdrawn()) {
                free(waiting.remove());
            } else if (next.size() > bytes) {
                return null;
            } else if (waiting.remove().take()) {
                return next;
            } else {
                free(next);
            }
        }
        return null;
    }

    /** Signs the newest entry of a batch. One that gets no signature has no place, and is none of the others' business. */
    private void sign(List<PendingReceipt> batch, List<Receipt> receipts) {
        PendingReceipt newest = batch.get(batch.size() - 1);
        try {
            receipts.add(this.head.next(newest.entry(), this.signer));
        } catch (ReceiptStoreException ex) {
            logger.debug("A receipt was not signed", ex);
            batch.remove(batch.size() - 1);
            fail(List.of(newest), ex);
            free(newest);
        }
    }

    private void stored(List<PendingReceipt> batch, List<Receipt> receipts) {
        if (this.checkpointer != null) {
            this.checkpointer.grown(receipts.get(receipts.size() - 1).seq());
        }
        // the receipt of a change of keys, which nobody waits for, may stand before them
        int first = receipts.size() - batch.size();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).done().complete(receipts.get(first + i));
        }
        if (this.checkpointer != null) {
            // last, so that nobody waits for the hashing
            this.checkpointer.added(receipts);
        }
    }
}
