package cloud.enact.console;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets only so much heavy work be done at once: who may only read must not take the machine from the gate, nor the turn
 * from who may change something. Thread-safe.
 */
final class Turns {

    private final Semaphore readers;

    private final Semaphore operators;

    /**
     * Makes the turns.
     *
     * @param most for all who may only read, and as many for all others
     */
    Turns(int most) {
        this.readers = new Semaphore(most);
        this.operators = new Semaphore(most);
    }

    /** Does the work, or refuses it while others are at work. */
    <T> T take(Visitor visitor, Supplier<T> work) {
        Semaphore free = visitor.mayChange() ? this.operators : this.readers;
        if (!free.tryAcquire()) {
            throw new ConsoleException(503, "Too busy", "Others are asking for the same. Try again in a moment.");
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
