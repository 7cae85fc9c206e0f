package cloud.enact.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work that is done again and again on a daemon thread of its own. It must not throw. Thread-safe. */
final class RepeatedTask {

    private final String thread;

    private final Runnable work;

    private @Nullable ScheduledExecutorService timer;

    RepeatedTask(String thread, Runnable work) {
        this.thread = thread;
        this.work = work;
    }

    /** Begins, unless it has begun. The first time comes after the interval, which is positive. */
    synchronized void start(Duration interval) {
        if (this.timer != null) {
            return;
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, this.thread);
            thread.setDaemon(true);
            return thread;
        });
        long millis = Math.max(1, interval.toMillis());
        timer.scheduleWithFixedDelay(this.work, millis, millis, TimeUnit.MILLISECONDS);
        this.timer = timer;
    }

    /** Ends, and interrupts what is at work. */
    synchronized void stop() {
        ScheduledExecutorService timer = this.timer;
        this.timer = null;
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    synchronized boolean isRunning() {
        return this.timer != null;
    }
}
