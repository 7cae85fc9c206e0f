package cloud.enact.receipt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a log is doing.
 *
 * @param appended entries made durable since the start
 * @param queued entries that wait for the appender
 * @param failed entries that could not be made durable since the start
 * @param lastFailure when the last append failed, or {@code null} when none did or one succeeded since
 * @param lastError what was wrong then, or {@code null}
 */
public record ReceiptLogState(
        long appended,
        int queued,
        long failed,
        @Nullable Instant lastFailure,
        @Nullable String lastError) {

    /** Whether the last append succeeded. */
    public boolean healthy() {
        return this.lastFailure == null;
    }
}
