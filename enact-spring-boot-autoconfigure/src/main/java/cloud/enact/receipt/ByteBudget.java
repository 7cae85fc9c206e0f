package cloud.enact.receipt;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bytes that may be held at once; one thing larger than all of them gets them all. Thread-safe. */
final class ByteBudget {

    private final int most;

    private final Semaphore free;

    ByteBudget(int most) {
        this.most = most;
        // fair: a flood of small things must not keep a large one out for ever
        this.free = new Semaphore(most, true);
    }

    /** Takes bytes, and waits for them at most so long; says no when they did not become free. */
    boolean take(int bytes, long nanos) throws InterruptedException {
        return this.free.tryAcquire(Math.min(bytes, this.most), nanos, TimeUnit.NANOSECONDS);
    }

    /** Gives bytes back. */
    void giveBack(int bytes) {
        this.free.release(Math.min(bytes, this.most));
    }
}
