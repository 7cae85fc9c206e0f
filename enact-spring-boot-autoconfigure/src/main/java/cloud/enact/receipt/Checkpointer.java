package cloud.enact.receipt;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes checkpoints of one log, on a thread of its own: signs the newest tree, saves it beside the log, and hands it to
 * the sinks. Thread-safe; the appender never waits here.
 */
final class Checkpointer implements AutoCloseable {

    private static final Log logger = LogFactory.getLog(Checkpointer.class);

    private final String log;

    private final @Nullable CheckpointStore store;

    private final CheckpointOptions options;

    private final Clock clock;

    private final LogTree tree;

    private final List<AnchorWriter> anchors;

    private final Thread thread;

    private final Object monitor = new Object();

    private long entries;

    private LogMark mark;

    private @Nullable Checkpoint newest;

    /** Signed, but maybe not saved: at this size no other one may be signed. */
    private @Nullable Checkpoint signed;

    private @Nullable String lastError;

    private boolean closing;

    /**
     * Starts where the log was left.
     *
     * @throws CheckpointMismatchException when the log is not what its newest checkpoint says
     */
    Checkpointer(String log, ReceiptStore store, ReceiptKeys keys, CheckpointOptions options, Clock clock) {
        SavedTree saved = SavedTree.load(
                log, store, keys, options.keys(), options.signer().key());
        this.log = log;
        this.store = (store instanceof CheckpointStore checkpoints) ? checkpoints : null;
        this.options = options;
        this.clock = clock;
        this.tree = new LogTree(log, saved, new ReceiptVerifier(store, keys));
        this.entries = saved.entries();
        this.newest = saved.newest();
        this.signed = saved.newest();
        LogMark nothing = new LogMark(0, clock.instant());
        this.mark = nothing;
        this.anchors = options.sinks().stream()
                .map(sink -> new AnchorWriter(log, sink, nothing, options.interval(), clock))
                .toList();
        if (saved.newest() != null && saved.tree().size() == saved.newest().size()) {
            // a sink may have missed it before the last process ended
            this.mark = new LogMark(saved.newest().size(), clock.instant());
            hand(saved.newest(), this.mark);
        }
        this.thread = new Thread(this::run, "enact-checkpoints-" + log);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Hears how many entries are durable, before their callers do. */
    void grown(long size) {
        synchronized (this.monitor) {
            this.entries = size;
            if (!this.mark.isOutgrown()) {
                this.mark.outgrown(this.clock.instant());
            }
        }
    }

    /** Gets entries that are durable. Whatever goes wrong here is no longer the appender's problem. */
    void added(List<Receipt> receipts) {
        try {
            this.tree.added(receipts);
        } catch (RuntimeException | Error ex) {
            // the tree sees that it missed something when more is added
            failed(ex);
        }
        synchronized (this.monitor) {
            if (this.entries - size() >= this.options.entries()) {
                this.monitor.notifyAll();
            }
        }
    }

    private long size() {
        return (this.newest != null) ? this.newest.size() : 0;
    }

    private void run() {
        boolean running = true;
        while (running) {
            running = awaitDue();
            try {
                make();
            } catch (Throwable ex) { // whatever it is, the thread must live and the next checkpoint is tried
                failed(ex);
            }
        }
        this.anchors.forEach(AnchorWriter::close);
    }

    /** Waits for enough entries, or for the interval; says whether to go on after that. */
    private boolean awaitDue() {
        long end = System.nanoTime() + this.options.interval().toNanos();
        synchronized (this.monitor) {
            for (long left = end - System.nanoTime(); left > 0 && !this.closing; left = end - System.nanoTime()) {
                // after a failure the interval is kept, whatever comes in
                if (this.lastError == null && this.entries - size() >= this.options.entries()) {
                    break;
                }
                try {
                    this.monitor.wait(left / 1_000_000 + 1);
                } catch (InterruptedException ex) {
                    // only close() ends this thread; looks again
                    logger.debug("Interrupted while waiting for receipts to sign for");
                }
            }
            return !this.closing;
        }
    }

    private void make() {
        MerkleTree current = this.tree.current();
        Checkpoint checkpoint;
        LogMark taken;
        synchronized (this.monitor) {
            if (current.size() == size()) {
                this.lastError = null;
                return;
            }
            checkpoint = this.signed;
            taken = new LogMark(current.size(), this.clock.instant());
            this.mark = taken;
        }
        if (checkpoint == null || checkpoint.size() != current.size()) {
            checkpoint = this.options.signer().sign(this.log, current.size(), current.root(), this.clock.instant());
            this.signed = checkpoint;
        }
        if (this.store != null) {
            this.store.save(checkpoint, current.range());
        }
        synchronized (this.monitor) {
            this.newest = checkpoint;
            this.lastError = null;
        }
        hand(checkpoint, taken);
    }

    private void hand(Checkpoint checkpoint, LogMark taken) {
        this.anchors.forEach(anchor -> anchor.offer(checkpoint, taken));
    }

    private void failed(Throwable ex) {
        String error = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
        synchronized (this.monitor) {
            if (!error.equals(this.lastError)) {
                logger.warn("No checkpoint of the receipt log was made: " + error);
            }
            this.lastError = error;
        }
    }

    CheckpointState state() {
        synchronized (this.monitor) {
            Instant timestamp = (this.newest != null) ? this.newest.timestamp() : null;
            List<CheckpointState.Anchor> states = this.anchors.stream()
                    .map(anchor -> anchor.state(this.entries))
                    .toList();
            String key = this.options.signer().key().toString();
            return new CheckpointState(key, this.entries, size(), timestamp, this.lastError, states);
        }
    }

    /** Makes the last checkpoint, and waits for store and sinks as long as configured. */
    @Override
    public void close() {
        synchronized (this.monitor) {
            this.closing = true;
            this.monitor.notifyAll();
        }
        long deadline = System.nanoTime() + this.options.timeout().toNanos();
        try {
            this.thread.join(Math.max(1, this.options.timeout().toMillis()));
            if (this.thread.isAlive()) {
                logger.warn("The last checkpoint of the receipt log was not made in time; the next start makes it");
                this.anchors.forEach(AnchorWriter::close);
            }
            for (AnchorWriter anchor : this.anchors) {
                anchor.join(deadline);
            }
        } catch (InterruptedException ex) {
            // whoever is in a hurry loses nothing: the next start makes the checkpoint
            Thread.currentThread().interrupt();
        }
    }
}
