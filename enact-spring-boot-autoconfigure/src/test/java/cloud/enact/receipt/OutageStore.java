package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory store that stands still, refuses, lies, or gives back what somebody altered, when a test says so. Public
 * for other rooms' tests.
 */
public final class OutageStore implements ReceiptStore, CheckpointStore {

    private volatile MemoryReceiptStore delegate = new MemoryReceiptStore(100_000);

    private volatile @Nullable String refusal;

    private volatile @Nullable String checkpointRefusal;

    private volatile @Nullable CountDownLatch gate;

    private volatile @Nullable CountDownLatch held;

    private volatile boolean lie;

    private volatile boolean checkpointLie;

    private volatile boolean leaseLost;

    private volatile int flapping;

    private final AtomicInteger appends = new AtomicInteger();

    private volatile long hidden;

    private volatile UnaryOperator<Saved> alteration = UnaryOperator.identity();

    /** Refuses every append and every look from now on, with this message; takes again on {@code null}. */
    public void refuse(@Nullable String reason) {
        this.refusal = reason;
    }

    void refuseCheckpoints(@Nullable String reason) {
        this.checkpointRefusal = reason;
    }

    /** Stands still at the next append until the latch is counted down. */
    public CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(1);
        this.held = new CountDownLatch(1);
        this.gate = latch;
        return latch;
    }

    /** Waits until an append stands still. */
    public void awaitHeld() {
        CountDownLatch latch = this.held;
        if (latch != null) {
            await(latch);
        }
    }

    /** The next append succeeds and says that it failed. */
    public void lieOnce() {
        this.lie = true;
    }

    /** Of every so many appends one fails from now on, by turns with and without having stored anything. */
    public void flap(int every) {
        this.flapping = every;
    }

    private boolean fails() {
        int every = this.flapping;
        return every > 0 && this.appends.incrementAndGet() % every == 0;
    }

    void takeLeaseAway() {
        this.leaseLost = true;
    }

    void giveLeaseBack() {
        this.leaseLost = false;
    }

    void lieAboutTheNextCheckpoint() {
        this.checkpointLie = true;
    }

    /** Fails whoever reads an entry up to this place. */
    void hide(long entries) {
        this.hidden = entries;
    }

    /** Throws entries away behind everybody's back. */
    void cut(String log, int entries) {
        rebuild(log, entries, 0, UnaryOperator.identity());
    }

    void alter(long seq, UnaryOperator<byte[]> change) {
        rebuild("test", Integer.MAX_VALUE, seq, change);
    }

    private void rebuild(String log, int entries, long seq, UnaryOperator<byte[]> change) {
        MemoryReceiptStore rest = new MemoryReceiptStore(100_000);
        for (Receipt entry : this.delegate.read(log, 1, MAX_LIMIT)) {
            if (entry.seq() <= entries) {
                rest.append(
                        List.of((entry.seq() == seq) ? Receipt.stored(log, seq, change.apply(entry.bytes())) : entry));
            }
        }
        this.delegate.newest(log).ifPresent(saved -> rest.save(saved.checkpoint(), saved.range()));
        this.delegate = rest;
    }

    void alterCheckpoints(UnaryOperator<String> change) {
        this.alteration = saved -> new Saved(
                Checkpoint.stored(
                        saved.checkpoint().log(),
                        saved.checkpoint().size(),
                        change.apply(saved.checkpoint().note())),
                saved.range());
    }

    void alterRange(byte[] range) {
        this.alteration = saved -> new Saved(saved.checkpoint(), range);
    }

    private void reachable() {
        String reason = this.refusal;
        if (reason != null) {
            throw new ReceiptStoreException(reason, null);
        }
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
        CountDownLatch waiting = this.held;
        if (latch != null && waiting != null) {
            this.gate = null;
            waiting.countDown();
            await(latch);
        }
        reachable();
        if (this.leaseLost) {
            throw new LogLeaseLostException(batch.get(0).log());
        }
        boolean fails = fails();
        if (fails && this.appends.get() % 2 == 0) {
            throw new ReceiptStoreException("connection refused", null);
        }
        this.delegate.append(batch);
        if (fails) {
            throw new ReceiptStoreException("connection reset", null);
        }
        if (this.lie) {
            this.lie = false;
            throw new ReceiptStoreException("it failed, says the disk", null);
        }
    }

    @Override
    public Optional<Receipt> find(String log, long seq) {
        reachable();
        return this.delegate.find(log, seq);
    }

    @Override
    public List<Receipt> findByRun(RunId runId) {
        reachable();
        return this.delegate.findByRun(runId);
    }

    @Override
    public ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        reachable();
        return this.delegate.query(filter, after, limit);
    }

    @Override
    public Optional<Receipt> head(String log) {
        reachable();
        return this.delegate.head(log);
    }

    @Override
    public List<String> logs() {
        reachable();
        return this.delegate.logs();
    }

    @Override
    public List<Receipt> read(String log, long fromSeq, int limit) {
        reachable();
        List<Receipt> page = new ArrayList<>(this.delegate.read(log, fromSeq, limit));
        if (page.stream().anyMatch(entry -> entry.seq() <= this.hidden)) {
            throw new ReceiptStoreException("nobody should read this again", null);
        }
        return page;
    }

    @Override
    public List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        reachable();
        return this.delegate.findOpen(after, limit);
    }

    @Override
    public void save(Checkpoint checkpoint, byte[] range) {
        reachable();
        String reason = this.checkpointRefusal;
        if (reason != null) {
            throw new ReceiptStoreException(reason, null);
        }
        this.delegate.save(checkpoint, range);
        if (this.checkpointLie) {
            this.checkpointLie = false;
            throw new ReceiptStoreException("it failed, says the disk", null);
        }
    }

    @Override
    public Optional<Saved> newest(String log) {
        reachable();
        return this.delegate.newest(log).map(this.alteration);
    }

    @Override
    public List<Checkpoint> checkpoints(String log, long fromSize, int limit) {
        reachable();
        return this.delegate.checkpoints(log, fromSize, limit);
    }
}
