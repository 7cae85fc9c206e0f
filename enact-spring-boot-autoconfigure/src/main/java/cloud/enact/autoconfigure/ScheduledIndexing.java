package cloud.enact.autoconfigure;

import cloud.enact.receipt.search.TextProjection;
import cloud.enact.undo.FailureLog;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Indexes what was appended to the logs, every second. Thread-safe. */
final class ScheduledIndexing implements SmartLifecycle {

    private static final FailureLog failures = new FailureLog(ScheduledIndexing.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final TextProjection projection;

    private final RepeatedTask task = new RepeatedTask("enact-receipts-search", this::indexSafely);

    private volatile boolean failing;

    ScheduledIndexing(TextProjection projection) {
        this.projection = projection;
    }

    private void indexSafely() {
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
    public void start() {
        this.task.start(INTERVAL);
    }

    @Override
    public void stop() {
        this.task.stop();
    }

    @Override
    public boolean isRunning() {
        return this.task.isRunning();
    }
}
