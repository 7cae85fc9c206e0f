package cloud.enact.receipt;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Appends on one thread. While a commit waits for the disk the next entries gather, and the next commit takes them all:
 * the more callers, the fewer commits per entry, and one writer owns the chain without a lock on it.
 */
final class GroupCommitReceiptLog implements ReceiptLog {

    private static final Log logger = LogFactory.getLog(GroupCommitReceiptLog.class);

    /** Bytes of all entries that wait: a few large ones fill the queue as many small ones do. */
    private static final int QUEUE_BYTES = 8 * BatchCommitter.BATCH_BYTES;

    private final String id;

    private final ReceiptLogOptions options;

    private final ReceiptWriter writer;

    private final LogCounters counters;

    /** Only the appender touches it. */
    private final BatchCommitter committer;

    /** An entry that is {@code null} asks the appender to stop. */
    private final BlockingQueue<Order> queue;

    private final ByteBudget room = new ByteBudget(QUEUE_BYTES);

    private final @Nullable Checkpointer checkpointer;

    private final Thread appender;

    private final AtomicBoolean closed = new AtomicBoolean();

    private volatile boolean stopped;

    GroupCommitReceiptLog(
            String id,
            ReceiptStore store,
            ReceiptKeys keys,
            Masking masking,
            ReceiptLogOptions options,
            @Nullable CheckpointOptions checkpoints,
            Clock clock) {
        this(id, store, keys, masking, options, checkpoints, clock, System::nanoTime);
    }

    GroupCommitReceiptLog(
            String id,
            ReceiptStore store,
            ReceiptKeys keys,
            Masking masking,
            ReceiptLogOptions options,
            @Nullable CheckpointOptions checkpoints,
            Clock clock,
            LongSupplier signingTime) {
        this.id = id;
        this.options = options;
        this.writer = new ReceiptWriter(id, keys.signer(), masking);
        this.counters = new LogCounters(clock);
        this.queue = new ArrayBlockingQueue<>(options.queue());
        this.checkpointer = (checkpoints != null) ? new Checkpointer(id, store, keys, checkpoints, clock) : null;
        this.committer = new BatchCommitter(
                store,
                keys.signer(),
                new LogHead(id, store, new KeyRotation(keys, this.writer, clock)),
                this.counters,
                this.room,
                this.checkpointer,
                options.deadline(),
                signingTime);
        this.appender = new Thread(this::run, "enact-receipts-" + id);
        // an application that forgets to close must still be able to end; what is acknowledged is durable
        this.appender.setDaemon(true);
        this.appender.start();
    }

    private record Order(@Nullable PendingReceipt pending) {}

    @Override
    public Receipt append(ReceiptDraft draft) {
        long deadline = System.nanoTime() + this.options.deadline().toNanos();
        PendingReceipt pending = null;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    pending = (pending != null) ? pending : enqueue(draft, deadline);
                    return pending.done().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException ex) {
                    // whoever cancels the caller must not lose the record of what was done
                    interrupted = true;
                }
            }
        } catch (ExecutionException ex) {
            throw (ex.getCause() instanceof LogLeaseLostException)
                    ? new LogLeaseLostException(this.id)
                    : ReceiptStoreException.because(ex.getCause());
        } catch (TimeoutException ex) {
            String fate = (pending == null || pending.withdraw())
                    ? "it was taken back and will not be stored"
                    : "it is unknown whether it was stored";
            throw new ReceiptStoreException(
                    "The receipt was not stored within " + this.options.deadline() + "; " + fate
                            + ". Check the receipt store",
                    ex);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Hands an entry to the appender; keeps the caller only while the queue is full. */
    PendingReceipt enqueue(ReceiptDraft draft, long deadline) throws InterruptedException {
        if (this.closed.get()) {
            throw ReceiptStoreException.logClosed();
        }
        if (this.committer.isLeaseLost()) {
            throw refused(new LogLeaseLostException(this.id));
        }
        PendingReceipt pending = new PendingReceipt(write(draft));
        boolean roomy = this.room.take(pending.size(), deadline - System.nanoTime());
        if (!roomy || !offer(pending, deadline)) {
            throw refused(new ReceiptStoreException(
                    "The receipt was not stored: " + this.queue.size() + " receipts wait already and none got"
                            + " through within " + this.options.deadline() + ". Check the receipt store",
                    null));
        }
        // the appender may have looked for the last time just before
        if (this.stopped && pending.withdraw()) {
            throw ReceiptStoreException.logClosed();
        }
        return pending;
    }

    private UnsignedReceipt write(ReceiptDraft draft) {
        try {
            return this.writer.write(draft);
        } catch (ReceiptStoreException ex) {
            throw refused(ex);
        }
    }

    private boolean offer(PendingReceipt pending, long deadline) throws InterruptedException {
        boolean offered = false;
        try {
            offered = this.queue.offer(new Order(pending), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return offered;
        } finally {
            if (!offered) {
                this.room.giveBack(pending.size());
            }
        }
    }

    private ReceiptStoreException refused(ReceiptStoreException reason) {
        this.counters.failed(1, reason);
        return reason;
    }

    private void run() {
        List<Order> orders = new ArrayList<>(this.options.batch());
        Gathering<Order> gathering = new Gathering<>(this.queue, this.options.batch());
        boolean running = true;
        while (running) {
            try {
                gathering.take(orders);
            } catch (InterruptedException ex) {
                // nobody but close() may stop this thread, and it sends an order
                continue;
            }
            running = append(orders);
            gathering.done();
            orders.clear();
        }
        this.stopped = true;
        while (this.queue.drainTo(orders, this.options.batch()) > 0) {
            append(orders);
            orders.clear();
        }
    }

    /** Returns whether to go on. */
    private boolean append(List<Order> orders) {
        boolean running = true;
        List<PendingReceipt> entries = new ArrayList<>(orders.size());
        for (Order order : orders) {
            PendingReceipt pending = order.pending();
            if (pending != null) {
                entries.add(pending);
            } else {
                running = false;
            }
        }
        this.committer.commitAll(entries);
        return running;
    }

    @Override
    public String id() {
        return this.id;
    }

    @Override
    public ReceiptLogState state() {
        ReceiptLogState state = this.counters.state(this.queue.size());
        return (this.checkpointer != null) ? state.withCheckpoints(this.checkpointer.state()) : state;
    }

    @Override
    public void close() {
        if (this.closed.getAndSet(true)) {
            return;
        }
        boolean interrupted = false;
        boolean ordered = false;
        // by then everybody who waits has left, and only a store that hangs is not done
        long deadline = System.nanoTime() + 2 * this.options.deadline().toNanos();
        for (long left = 1; this.appender.isAlive() && left > 0; left = deadline - System.nanoTime()) {
            try {
                ordered = ordered
                        || this.queue.offer(new Order(null), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                TimeUnit.NANOSECONDS.timedJoin(this.appender, Math.max(1, deadline - System.nanoTime()));
            } catch (InterruptedException ex) {
                // what callers were promised is finished first
                interrupted = true;
            }
        }
        if (this.appender.isAlive()) {
            logger.error("Receipt log " + this.id + " is closed although its store did not answer for "
                    + this.options.deadline().multipliedBy(2) + ". Whoever waited was told. Check the receipt store");
        }
        if (this.checkpointer != null) {
            this.checkpointer.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
