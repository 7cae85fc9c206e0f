package cloud.enact.receipt;

import cloud.enact.undo.FailureLog;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A log that tells listeners of appends; they can't change what becomes of one. Thread-safe. */
final class ListenedReceiptLog extends ForwardingReceiptLog {

    private static final FailureLog failures = new FailureLog(ListenedReceiptLog.class);

    private final Supplier<List<AppendListener>> listeners;

    ListenedReceiptLog(ReceiptLog delegate, Supplier<List<AppendListener>> listeners) {
        super(delegate);
        this.listeners = listeners;
    }

    @Override
    public Receipt append(ReceiptDraft draft) {
        long start = System.nanoTime();
        Receipt receipt;
        try {
            receipt = this.delegate.append(draft);
        } catch (RuntimeException ex) {
            tell(listener -> listener.failed(draft, ex, since(start)));
            throw ex;
        }
        tell(listener -> listener.appended(receipt, since(start)));
        return receipt;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void tell(Consumer<AppendListener> what) {
        try {
            for (AppendListener listener : this.listeners.get()) {
                tell(listener, what);
            }
        } catch (RuntimeException | LinkageError ex) {
            failures.error("Listeners of receipts can't be found; the receipt itself is not concerned", ex);
        }
    }

    private static void tell(AppendListener listener, Consumer<AppendListener> what) {
        try {
            what.accept(listener);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
            failures.error("A listener of receipts failed; the receipt itself is not concerned", ex);
        }
    }
}
