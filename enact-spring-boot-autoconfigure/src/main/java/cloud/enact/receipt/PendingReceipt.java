package cloud.enact.receipt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** An entry on its way to the appender. Either its caller withdraws it or the appender takes it, never both. */
final class PendingReceipt {

    private enum State {
        WAITING,
        TAKEN,
        WITHDRAWN
    }

    private final UnsignedReceipt entry;

    private final CompletableFuture<Receipt> done = new CompletableFuture<>();

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    PendingReceipt(UnsignedReceipt entry) {
        this.entry = entry;
    }

    UnsignedReceipt entry() {
        return this.entry;
    }

    /** About how many bytes it has. */
    int size() {
        return this.entry.json().length();
    }

    CompletableFuture<Receipt> done() {
        return this.done;
    }

    boolean isWithdrawn() {
        return this.state.get() == State.WITHDRAWN;
    }

    boolean take() {
        return this.state.compareAndSet(State.WAITING, State.TAKEN);
    }

    boolean withdraw() {
        return this.state.compareAndSet(State.WAITING, State.WITHDRAWN);
    }
}
