package cloud.enact.approval;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes those that wait for an answer: at once for one of this process, soon for one of another. Thread-safe. */
final class AnswerSignal {

    /** How often a shared store is looked at while waiting. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(500);

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = this.lock.newCondition();

    private long count;

    /** Something has become of a request. */
    void changed() {
        this.lock.lock();
        try {
            this.count++;
            this.changed.signalAll();
        } finally {
            this.lock.unlock();
        }
    }

    /** How often something has become of a request. */
    long count() {
        this.lock.lock();
        try {
            return this.count;
        } finally {
            this.lock.unlock();
        }
    }

    /** Waits until something has become of a request since it was that often, or another look at the store is due. */
    void await(long seen, long nanos) throws InterruptedException {
        long left = Math.min(nanos, LOOK);
        this.lock.lockInterruptibly();
        try {
            while (this.count == seen && left > 0) {
                left = this.changed.awaitNanos(left);
            }
        } finally {
            this.lock.unlock();
        }
    }
}
