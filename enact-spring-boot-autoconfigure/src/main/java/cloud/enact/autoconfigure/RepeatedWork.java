package cloud.enact.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Work that is done again and again, on a daemon thread of its own, while the application runs. Thread-safe. */
abstract class RepeatedWork implements SmartLifecycle {

    private final String thread;

    /** Not this object: who stops it must not wait for work that locks it. */
    private final Object monitor = new Object();

    private @Nullable ScheduledExecutorService timer;

    /**
     * Does not begin yet.
     *
     * @param thread name of the thread it is done on
     */
    RepeatedWork(String thread) {
        this.thread = thread;
    }

    /** How much later it is done again, and the first time after the start; nothing for never. */
    abstract Duration interval();

    /** Does it once. An exception would end the schedule. */
    abstract void work();

    @Override
    public void start() {
        Duration interval = interval();
        if (interval.isZero() || interval.isNegative()) {
            return;
        }
        synchronized (this.monitor) {
            if (this.timer == null) {
                ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(this::daemon);
                long millis = Math.max(1, interval.toMillis());
                started.scheduleWithFixedDelay(this::work, millis, millis, TimeUnit.MILLISECONDS);
                this.timer = started;
            }
        }
    }

    private Thread daemon(Runnable task) {
        Thread daemon = new Thread(task, this.thread);
        daemon.setDaemon(true);
        return daemon;
    }

    /** Ends, and interrupts what is at work. */
    @Override
    public void stop() {
        synchronized (this.monitor) {
            if (this.timer != null) {
                this.timer.shutdownNow();
                this.timer = null;
            }
        }
    }

    @Override
    public boolean isRunning() {
        synchronized (this.monitor) {
            return this.timer != null;
        }
    }
}
