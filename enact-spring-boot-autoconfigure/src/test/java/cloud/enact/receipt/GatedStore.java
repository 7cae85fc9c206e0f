package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** An in-memory store whose disk is slow, fails or lies when a test says so. */
final class GatedStore implements ReceiptStore {

    private final ReceiptStore delegate = ReceiptStore.inMemory(10_000);

    private final List<Integer> batches = new ArrayList<>();

    private final CountDownLatch held = new CountDownLatch(1);

    private volatile @Nullable CountDownLatch gate;

    private volatile boolean fail;

    private volatile boolean lie;

    /** Holds the next append until the latch is counted down. */
    CountDownLatch holdNext() {
        CountDownLatch latch = new CountDownLatch(1);
        this.gate = latch;
        return latch;
    }

    void awaitHeld() {
        await(this.held);
    }

    /** The append after the one that is held fails. */
    void failAfterHeld() {
        this.fail = true;
    }

    /** The next append succeeds and says that it failed. */
    void lieOnce() {
        this.lie = true;
    }

    synchronized List<Integer> batches() {
        return List.copyOf(this.batches);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void append(List<Receipt> batch) {
        CountDownLatch latch = this.gate;
        if (latch != null) {
            this.gate = null;
            this.held.countDown();
            await(latch);
        } else if (this.fail) {
            this.fail = false;
            throw new ReceiptStoreException("the disk is gone", null);
        }
        synchronized (this) {
            this.batches.add(batch.size());
        }
        this.delegate.append(batch);
        if (this.lie) {
            this.lie = false;
            throw new ReceiptStoreException("it failed, says the disk", null);
        }
    }

    @Override
    public Optional<Receipt> find(String log, long seq) {
        return this.delegate.find(log, seq);
    }

    @Override
    public List<Receipt> findByRun(RunId runId) {
        return this.delegate.findByRun(runId);
    }

    @Override
    public ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        return this.delegate.query(filter, after, limit);
    }

    @Override
    public Optional<Receipt> head(String log) {
        return this.delegate.head(log);
    }

    @Override
    public List<String> logs() {
        return this.delegate.logs();
    }

    @Override
    public List<Receipt> read(String log, long fromSeq, int limit) {
        return this.delegate.read(log, fromSeq, limit);
    }

    @Override
    public List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        return this.delegate.findOpen(after, limit);
    }
}
