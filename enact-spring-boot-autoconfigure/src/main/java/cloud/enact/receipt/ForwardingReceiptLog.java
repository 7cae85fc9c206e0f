package cloud.enact.receipt;

/** A log that adds to the appends of another one, and is that one in all else. */
abstract class ForwardingReceiptLog implements ReceiptLog {

    final ReceiptLog delegate;

    ForwardingReceiptLog(ReceiptLog delegate) {
        this.delegate = delegate;
    }

    @Override
    public String id() {
        return this.delegate.id();
    }

    @Override
    public ReceiptLogState state() {
        return this.delegate.state();
    }

    @Override
    public void close() {
        this.delegate.close();
    }
}
