package cloud.enact.connector.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Opens what was a file a moment ago. Java waits for the other end of a pipe that somebody put in its place, so others
 * wait here, in a bounded number, and whoever wanted the file does not. Thread-safe.
 */
final class Opener implements Closeable {

    private static final Log logger = LogFactory.getLog(Opener.class);

    /** So many may wait for ever; then nothing is opened any more. */
    private static final int MOST = 64;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads;

    private final Duration patience;

    /**
     * Makes one.
     *
     * @param patience how long opening a file may take
     */
    Opener(Duration patience) {
        this.patience = patience;
        this.threads = new ThreadPoolExecutor(
                0, MOST, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "enact-files");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Opens something. */
    @FunctionalInterface
    interface Opening<T extends Closeable> {

        T open() throws IOException;
    }

    /**
     * Opens something, or fails when that takes too long; what is opened later is closed at once.
     *
     * @throws IOException also when too many are waited for already
     */
    <T extends Closeable> T open(Opening<T> opening) throws IOException {
        Task<T> task = new Task<>(opening);
        try {
            this.threads.execute(task);
            return task.get(this.patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ex) {
            throw new IOException("too many files can't be opened at the moment");
        } catch (TimeoutException ex) {
            if (task.cancel(false)) {
                throw new IOException("it can't be opened in time; is it still a file?");
            }
            return task.opened();
        } catch (InterruptedException ex) {
            if (!task.cancel(false)) {
                task.opened().close();
            }
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("it was not opened, because the application stops");
        } catch (ExecutionException ex) {
            throw why(ex);
        }
    }

    private static IOException why(ExecutionException failed) {
        return (failed.getCause() instanceof IOException cause)
                ? cause
                : new IOException("it can't be opened", failed.getCause());
    }

    @Override
    public void close() {
        this.threads.shutdownNow();
    }

    /** Closes what nobody waits for any more. */
    private static final class Task<T extends Closeable> extends FutureTask<T> {

        private Task(Opening<T> opening) {
            super(opening::open);
        }

        /** What was opened in the very end. */
        T opened() throws IOException {
            try {
                return get();
            } catch (ExecutionException ex) {
                throw why(ex);
            } catch (InterruptedException ex) {
                throw new IllegalStateException("Nobody waits for what is there", ex);
            }
        }

        @Override
        protected void set(T opened) {
            super.set(opened);
            if (isCancelled()) {
                try {
                    opened.close();
                } catch (IOException ex) {
                    logger.debug("What was opened too late can't be closed", ex);
                }
            }
        }
    }
}
