package cloud.enact.api;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only so many questions be answered at the same time: what one may send takes memory and time that together would
 * be missing where actions are decided for real. Thread-safe.
 */
final class Turns {

    private final Semaphore free;

    private final Duration patience;

    /**
     * Creates the turns.
     *
     * @param most questions that are answered at the same time
     * @param patience how long a question waits for its turn
     */
    Turns(int most, Duration patience) {
        this.free = new Semaphore(most, true);
        this.patience = patience;
    }

    /** Does the work when it is its turn. */
    <T> T take(Supplier<T> work) {
        try {
            if (!this.free.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            this.free.release();
        }
    }

    private static ApiException busy() {
        return ApiException.refused(503, "Too busy", "Too many questions are asked at the same time. Ask again later.");
    }
}
