package cloud.enact.receipt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a log is doing.
 *
 * @param appended entries made durable since the start
 * @param commits times a batch of them was made durable
 * @param queued entries that wait for the appender
 * @param failed entries that could not be made durable since the start
 * @param lastFailure when the last append failed, or {@code null} when none did or one succeeded since
 * @param lastError what was wrong then, or {@code null}
 * @param copiesFailed readable copies of runs that could not be written since the start
 * @param lastCopyError what was wrong with the last copy, or {@code null} when it was written
 * @param checkpoints how its checkpoints are doing, or {@code null} when it makes none
 */
public record ReceiptLogState(
        long appended,
        long commits,
        int queued,
        long failed,
        @Nullable Instant lastFailure,
        @Nullable String lastError,
        long copiesFailed,
        @Nullable String lastCopyError,
        @Nullable CheckpointState checkpoints) {

    /** A log that has done nothing yet. */
    public static ReceiptLogState idle() {
        return new ReceiptLogState(0, 0, 0, 0, null, null, 0, null, null);
    }

    /** Whether the last append succeeded; readable copies don't count. */
    public boolean healthy() {
        return this.lastFailure == null;
    }

    ReceiptLogState withCheckpoints(@Nullable CheckpointState state) {
        return new ReceiptLogState(
                this.appended,
                this.commits,
                this.queued,
                this.failed,
                this.lastFailure,
                this.lastError,
                this.copiesFailed,
                this.lastCopyError,
                state);
    }

    ReceiptLogState withCopies(long failures, @Nullable String error) {
        return new ReceiptLogState(
                this.appended,
                this.commits,
                this.queued,
                this.failed,
                this.lastFailure,
                this.lastError,
                failures,
                error,
                this.checkpoints);
    }
}
