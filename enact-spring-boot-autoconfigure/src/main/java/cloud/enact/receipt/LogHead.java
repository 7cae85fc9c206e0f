package cloud.enact.receipt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Place and hash of the last entry of a log: what the next one is chained to. Not thread-safe. */
final class LogHead {

    private static final int HASH = 32;

    private final String log;

    private final ReceiptStore store;

    private final KeyRotation rotation;

    private boolean known;

    /** The last entry, until it is known that the same key signs on. */
    private @Nullable Receipt last;

    private long seq;

    /** Place of the last entry that callers were told is durable. */
    private long durable;

    private byte[] hash = new byte[HASH];

    LogHead(String log, ReceiptStore store, KeyRotation rotation) {
        this.log = log;
        this.store = store;
        this.rotation = rotation;
    }

    /**
     * Reads the head from the store unless it is known.
     *
     * @throws ReceiptStoreException when the store can't be read, its last entry is damaged, or it lost entries
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
        if (this.seq < this.durable) {
            throw new ReceiptStoreException(
                    "Receipt log " + this.log + " had " + this.durable + " durable entries and has " + this.seq
                            + " now: the store lost them, and nothing is chained to what is left. Bring the store back"
                            + " as it was, and restart the application",
                    null);
        }
        this.last = head.orElse(null);
        this.known = true;
    }

    /** What was given a place is durable. */
    void kept() {
        this.durable = this.seq;
    }

    /**
     * Takes the receipt of a change of keys as the next entry, if there was one since the last.
     *
     * @return that receipt, or {@code null}
     * @throws KeyRotationException when the log can't go on with its key
     */
    @Nullable
    Receipt keyChange() {
        Receipt before = this.last;
        if (before == null) {
            return null;
        }
        Receipt change = this.rotation.introduce(this.store, before);
        if (change != null) {
            append(change);
        }
        this.last = null;
        return change;
    }

    /** Whether an entry got into the log or not is no longer certain: looks before the next one. */
    void forget() {
        this.known = false;
    }

    /** Gives an entry the next place. */
    Receipt next(UnsignedReceipt entry, ReceiptSigner signer) {
        Receipt receipt = entry.sign(this.seq + 1, this.hash, signer);
        append(receipt);
        return receipt;
    }

    private void append(Receipt receipt) {
        this.seq = receipt.seq();
        this.hash = receipt.hash();
    }
}
