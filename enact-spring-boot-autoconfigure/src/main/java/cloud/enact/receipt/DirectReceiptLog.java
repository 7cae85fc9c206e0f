package cloud.enact.receipt;

import java.time.Clock;
import java.util.List;

/** Appends on the calling thread, one entry at a time. */
final class DirectReceiptLog implements ReceiptLog {

    private final String id;

    private final ReceiptStore store;

    private final ReceiptSigner signer;

    private final ReceiptWriter writer;

    private final LogCounters counters;

    private final Object monitor = new Object();

    private final LogHead head;

    private boolean closed;

    DirectReceiptLog(String id, ReceiptStore store, ReceiptKeys keys, Masking masking, Clock clock) {
        this.id = id;
        this.store = store;
        this.signer = keys.signer();
        this.writer = new ReceiptWriter(id, this.signer, masking);
        this.counters = new LogCounters(clock);
        this.head = new LogHead(id, store, new KeyRotation(keys, this.writer, clock));
    }

    @Override
    public Receipt append(ReceiptDraft draft) {
        UnsignedReceipt entry = this.writer.write(draft);
        synchronized (this.monitor) {
            if (this.closed) {
                throw new ReceiptStoreException(
                        "The receipt log is closed; the receipt was not stored. The application is shutting down",
                        null);
            }
            try {
                this.head.know();
                Receipt change = this.head.keyChange();
                Receipt receipt = this.head.next(entry, this.signer);
                this.store.append((change != null) ? List.of(change, receipt) : List.of(receipt));
                this.head.kept();
                this.counters.appended(1);
                return receipt;
            } catch (RuntimeException | Error ex) {
                this.head.forget();
                this.counters.failed(1, ex);
                // callers know what to do without a record, not what to do about a missing class
                throw (ex instanceof RuntimeException known)
                        ? known
                        : new ReceiptStoreException("The receipt store broke down with " + ex, ex);
            }
        }
    }

    @Override
    public String id() {
        return this.id;
    }

    @Override
    public ReceiptLogState state() {
        return this.counters.state(0);
    }

    @Override
    public void close() {
        synchronized (this.monitor) {
            this.closed = true;
        }
    }
}
