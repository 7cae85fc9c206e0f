package cloud.enact.autoconfigure;

import cloud.enact.receipt.VerificationWatch;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Verifies receipts now and then while the application runs. Thread-safe. */
final class ScheduledVerification implements SmartLifecycle {

    private final Duration interval;

    private final VerificationWatch watch;

    private final RepeatedTask task;

    ScheduledVerification(Duration interval, VerificationWatch watch) {
        this.interval = interval;
        this.watch = watch;
        this.task = new RepeatedTask("enact-verification", watch::pass);
    }

    @Override
    public void start() {
        if (!this.interval.isZero() && !this.interval.isNegative()) {
            this.task.start(this.interval);
        }
    }

    @Override
    public void stop() {
        // the store is closed after this, so the pass at work has to end before
        this.watch.close();
        this.task.stop();
    }

    @Override
    public boolean isRunning() {
        return this.task.isRunning();
    }
}
