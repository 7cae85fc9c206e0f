package cloud.enact.receipt;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts what became of appends. Thread-safe. */
final class LogCounters {

    private final Clock clock;

    private long appended;

    private long commits;

    private long failed;

    private @Nullable Instant lastFailure;

    private @Nullable String lastError;

    LogCounters(Clock clock) {
        this.clock = clock;
    }

    synchronized void appended(int entries) {
        this.appended += entries;
        this.commits++;
        this.lastFailure = null;
        this.lastError = null;
    }

    synchronized void failed(int entries, Throwable error) {
        this.failed += entries;
        this.lastFailure = this.clock.instant();
        this.lastError = error.getMessage();
    }

    synchronized ReceiptLogState state(int queued) {
        return new ReceiptLogState(
                this.appended, this.commits, queued, this.failed, this.lastFailure, this.lastError, 0, null, null);
    }
}
