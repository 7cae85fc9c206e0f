package cloud.enact.receipt;

/** The chain of receipts this application writes: the only way to add one. Thread-safe. */
public interface ReceiptLog extends AutoCloseable {

    /**
     * Signs, chains and stores.
     *
     * @return the receipt, durable
     * @throws ReceiptStoreException when it could not be made durable; nothing was acknowledged then
     */
    Receipt append(ReceiptDraft draft);

    /** Id of this log. */
    String id();

    @Override
    void close();
}
