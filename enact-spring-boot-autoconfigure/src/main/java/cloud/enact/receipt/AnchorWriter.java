package cloud.enact.receipt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Hands checkpoints to one sink, on a thread of its own. The newest one counts: a sink that is slow gets fewer of them,
 * and holds nobody up. Thread-safe.
 */
final class AnchorWriter {

    private static final Log logger = LogFactory.getLog(AnchorWriter.class);

    private final CheckpointSink sink;

    private final Duration retry;

    private final Clock clock;

    private final Thread thread;

    private final Object monitor = new Object();

    private @Nullable Order next;

    private LogMark anchored;

    private @Nullable Instant anchoredAt;

    private long failures;

    private @Nullable String lastError;

    private boolean closing;

    /**
     * Starts the thread.
     *
     * @param start what no sink answers for yet
     * @param retry how long to wait after a failure
     */
    AnchorWriter(String log, CheckpointSink sink, LogMark start, Duration retry, Clock clock) {
        this.sink = sink;
        this.retry = retry;
        this.clock = clock;
        this.anchored = start;
        this.thread = new Thread(this::run, "enact-anchor-" + sink.name() + "-" + log);
        // what a sink does not give back must not keep the application
        this.thread.setDaemon(true);
        this.thread.start();
    }

    private record Order(Checkpoint checkpoint, LogMark mark) {}

    /** Takes a checkpoint in the place of an older one that still waits. */
    void offer(Checkpoint checkpoint, LogMark mark) {
        synchronized (this.monitor) {
            this.next = new Order(checkpoint, mark);
            this.monitor.notifyAll();
        }
    }

    private void run() {
        while (true) {
            Order order = take();
            if (order == null) {
                return;
            }
            try {
                this.sink.accept(order.checkpoint());
                accepted(order);
            } catch (Throwable ex) { // whatever it is, the thread must live and the newest checkpoint is tried again
                failed(order, ex);
            }
        }
    }

    /** The next checkpoint, or {@code null} when closing and there is none. */
    private @Nullable Order take() {
        synchronized (this.monitor) {
            while (this.next == null && !this.closing) {
                await(0);
            }
            Order order = this.next;
            this.next = null;
            return order;
        }
    }

    private void await(long millis) {
        try {
            this.monitor.wait(millis);
        } catch (InterruptedException ex) {
            // only close() ends this thread; whoever waits looks again
            logger.debug("Interrupted while waiting for a checkpoint");
        }
    }

    private void accepted(Order order) {
        synchronized (this.monitor) {
            this.anchored = order.mark();
            this.anchoredAt = this.clock.instant();
            this.lastError = null;
        }
    }

    private void failed(Order order, Throwable ex) {
        String error = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
        synchronized (this.monitor) {
            this.failures++;
            if (this.lastError == null) {
                logger.warn("Checkpoint sink " + this.sink.name() + " did not take a checkpoint: " + error
                        + ". It is tried again; further failures are counted, not logged");
            }
            this.lastError = error;
            pause();
            if (this.next == null && !this.closing) {
                this.next = order;
            }
        }
    }

    private void pause() {
        long end = System.nanoTime() + this.retry.toNanos();
        for (long left = this.retry.toNanos(); left > 0 && !this.closing; left = end - System.nanoTime()) {
            await(left / 1_000_000 + 1);
        }
    }

    CheckpointState.Anchor state(long entries) {
        synchronized (this.monitor) {
            return new CheckpointState.Anchor(
                    this.sink.name(),
                    this.anchored.size(),
                    this.anchoredAt,
                    Math.max(0, entries - this.anchored.size()),
                    this.anchored.exposedSince(entries),
                    this.failures,
                    this.lastError);
        }
    }

    /** Lets the sink take what waits, once, and nothing after it. */
    void close() {
        synchronized (this.monitor) {
            this.closing = true;
            this.monitor.notifyAll();
        }
    }

    /** Waits for the end of the thread until a moment of {@link System#nanoTime()}, then leaves it to itself. */
    void join(long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        this.thread.join(Math.max(1, left / 1_000_000));
        if (this.thread.isAlive()) {
            logger.warn("Checkpoint sink " + this.sink.name() + " did not take the last checkpoint in time");
            this.thread.interrupt();
        }
    }
}
