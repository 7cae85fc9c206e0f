package cloud.enact.receipt;

import java.time.Duration;

/**
 * How a log gathers entries for one commit.
 *
 * @param queue entries that may wait; further callers wait for room
 * @param batch entries of one commit at most
 * @param deadline how long a caller waits for its receipt
 */
public record ReceiptLogOptions(int queue, int batch, Duration deadline) {

    public ReceiptLogOptions {
        if (queue < 1 || batch < 1) {
            throw new IllegalArgumentException("The queue and the batch of a receipt log must be at least 1");
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("The deadline of a receipt log must be positive");
        }
    }

    /** 4096 waiting, 512 per commit, 15 seconds: longer than an embedded store waits for its file. */
    public static ReceiptLogOptions defaults() {
        return new ReceiptLogOptions(4096, 512, Duration.ofSeconds(15));
    }
}
