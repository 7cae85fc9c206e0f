package cloud.enact.autoconfigure;

import cloud.enact.receipt.VerificationWatch;
import java.time.Duration;

/** Verifies receipts now and then while the application runs. Thread-safe. */
final class ScheduledVerification extends RepeatedWork {

    private final Duration interval;

    private final VerificationWatch watch;

    ScheduledVerification(Duration interval, VerificationWatch watch) {
        super("enact-verification");
        this.interval = interval;
        this.watch = watch;
    }

    @Override
    Duration interval() {
        return this.interval;
    }

    @Override
    void work() {
        this.watch.pass();
    }

    @Override
    public void stop() {
        // the store is closed after this, so the pass at work has to end before
        this.watch.close();
        super.stop();
    }
}
