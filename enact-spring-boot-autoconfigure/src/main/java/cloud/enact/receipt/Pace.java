package cloud.enact.receipt;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Slows work down to so many entries a second, until it is told to stop. Thread-safe. */
class Pace {

    private final long perSecond;

    private final LongSupplier nanos;

    private final CountDownLatch stopped = new CountDownLatch(1);

    Pace(long perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    long now() {
        return this.nanos.getAsLong();
    }

    /**
     * Waits until as much time is over as so many entries may take.
     *
     * @param start when they were begun
     * @return whether to go on
     */
    boolean after(long entries, long start) {
        long due = (long) (entries * (TimeUnit.SECONDS.toNanos(1) / (double) this.perSecond));
        return !await(due - (now() - start));
    }

    /** Whether it was stopped before so much time was over. */
    boolean await(long nanos) {
        try {
            return this.stopped.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void stop() {
        this.stopped.countDown();
    }
}
