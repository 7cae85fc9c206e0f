package cloud.enact.autoconfigure;

import cloud.enact.receipt.search.TextProjection;
import cloud.enact.undo.FailureLog;
import java.time.Duration;

/** Indexes what was appended to the logs, every second. Thread-safe. */
final class ScheduledIndexing extends RepeatedWork {

    private static final FailureLog failures = new FailureLog(ScheduledIndexing.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final TextProjection projection;

    private volatile boolean failing;

    ScheduledIndexing(TextProjection projection) {
        super("enact-receipts-search");
        this.projection = projection;
    }

    @Override
    void work() {
        try {
            this.projection.catchUp();
            this.failing = false;
        } catch (RuntimeException ex) {
            if (!isRunning()) {
                failures.debug("Indexing was interrupted by the shutdown and goes on after the next start", ex);
                return;
            }
            // an exception would end the schedule; the log itself is not concerned
            String what = "Receipts could not be indexed by their words and are found by all else; it is tried again";
            if (this.failing) {
                failures.debug(what, ex);
            } else {
                failures.warn(what, ex);
            }
            this.failing = true;
        }
    }

    @Override
    Duration interval() {
        return INTERVAL;
    }
}
