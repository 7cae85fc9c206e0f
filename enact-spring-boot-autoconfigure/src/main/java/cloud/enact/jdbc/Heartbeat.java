package cloud.enact.jdbc;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Repeats what keeps leases alive, on a thread of its own and until it is closed. Thread-safe. */
public final class Heartbeat implements AutoCloseable {

    private static final Log logger = LogFactory.getLog(Heartbeat.class);

    private final String name;

    private final Runnable renewal;

    private final ScheduledExecutorService thread;

    /**
     * Makes the thread.
     *
     * @param name of the thread
     * @param renewal what is repeated
     */
    public Heartbeat(String name, Runnable renewal) {
        this.name = name;
        this.renewal = renewal;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to repeat it: often enough for one try in a lease to fail. */
    public void start(Duration lease) {
        long pause = lease.dividedBy(3).toMillis();
        this.thread.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Does it now. What fails is tried again. */
    public void beat() {
        try {
            this.renewal.run();
        } catch (RuntimeException | LinkageError ex) {
            // whatever a data source throws must not be the end of renewing
            logger.debug("Nothing was renewed by " + this.name, ex);
        }
    }

    /** Stops renewing; does not wait. */
    @Override
    public void close() {
        this.thread.shutdownNow();
    }
}
