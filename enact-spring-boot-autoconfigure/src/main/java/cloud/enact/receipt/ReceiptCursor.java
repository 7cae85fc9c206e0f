package cloud.enact.receipt;

import java.time.Instant;

/**
 * Where a page ended: the key of its last entry. Ascends by time, then log, then sequence.
 *
 * @param timestamp time of that entry
 * @param log its log
 * @param seq its sequence
 */
public record ReceiptCursor(Instant timestamp, String log, long seq) implements Comparable<ReceiptCursor> {

    /** The key of an entry. */
    public static ReceiptCursor of(Receipt receipt) {
        return new ReceiptCursor(receipt.timestamp(), receipt.log(), receipt.seq());
    }

    @Override
    public int compareTo(ReceiptCursor other) {
        int order = this.timestamp.compareTo(other.timestamp);
        if (order == 0) {
            order = this.log.compareTo(other.log);
        }
        return (order != 0) ? order : Long.compare(this.seq, other.seq);
    }
}
