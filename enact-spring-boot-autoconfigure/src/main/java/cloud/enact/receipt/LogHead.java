package cloud.enact.receipt;

import java.util.Optional;

/** Place and hash of the last entry of a log: what the next one is chained to. Not thread-safe. */
final class LogHead {

    private static final int HASH = 32;

    private final String log;

    private final ReceiptStore store;

    private boolean known;

    private long seq;

    private byte[] hash = new byte[HASH];

    LogHead(String log, ReceiptStore store) {
        this.log = log;
        this.store = store;
    }

    /**
     * Reads the head from the store unless it is known.
     *
     * @throws ReceiptStoreException when the store can't be read, or its last entry is damaged
     */
    void know() {
        if (this.known) {
            return;
        }
        Optional<Receipt> head = this.store.head(this.log);
        if (head.isEmpty()) {
            this.seq = 0;
            this.hash = new byte[HASH];
        } else if (head.get().damage() != null) {
            throw new ReceiptStoreException(
                    "The last entry of receipt log " + this.log + " is damaged ("
                            + head.get().damage()
                            + "), and nothing is chained to it. Keep the store as evidence and start a new one",
                    null);
        } else {
            this.seq = head.get().seq();
            this.hash = head.get().hash();
        }
        this.known = true;
    }

    /** Whether an entry got into the log or not is no longer certain: looks before the next one. */
    void forget() {
        this.known = false;
    }

    /** Gives an entry the next place. */
    Receipt next(UnsignedReceipt entry, ReceiptSigner signer) {
        Receipt receipt = entry.sign(this.seq + 1, this.hash, signer);
        this.seq++;
        this.hash = receipt.hash();
        return receipt;
    }
}
