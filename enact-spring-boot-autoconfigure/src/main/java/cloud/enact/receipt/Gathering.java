package cloud.enact.receipt;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Takes what waits for one commit. Callers that were just answered come back a moment later, so the fastest of them
 * would go alone and all others would wait for that commit first: where far fewer wait than went last, their return is
 * waited for, a fraction of the time that commit took. Not thread-safe.
 */
final class Gathering<T> {

    /** What part of the last commit's time may be waited: what is lost where nobody comes back. */
    private static final int PART = 8;

    private static final long MOST_NANOS = 200_000;

    private final BlockingQueue<T> queue;

    private final int most;

    private final LongSupplier nanoTime;

    private final LongConsumer pause;

    private int last;

    private long begun;

    private long took;

    /**
     * Takes from a queue.
     *
     * @param most how many go together at most
     */
    Gathering(BlockingQueue<T> queue, int most) {
        this(queue, most, System::nanoTime, LockSupport::parkNanos);
    }

    Gathering(BlockingQueue<T> queue, int most, LongSupplier nanoTime, LongConsumer pause) {
        this.queue = queue;
        this.most = most;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** Waits for the first, and takes all that are there. */
    void take(List<T> taken) throws InterruptedException {
        taken.add(this.queue.take());
        this.queue.drainTo(taken, this.most - taken.size());
        if (taken.size() < this.last / 2) {
            this.pause.accept(Math.min(this.took / PART, MOST_NANOS));
            this.queue.drainTo(taken, this.most - taken.size());
        }
        this.last = taken.size();
        this.begun = this.nanoTime.getAsLong();
    }

    /** What was taken is answered. */
    void done() {
        this.took = this.nanoTime.getAsLong() - this.begun;
    }
}
