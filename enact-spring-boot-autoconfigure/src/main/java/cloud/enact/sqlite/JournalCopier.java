package cloud.enact.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * Copies the write-ahead log into the file on a thread of its own. SQLite would do that inside of somebody's commit, who
 * then waits for hundreds of pages and two more turns of the disk; it still does when this falls behind, which bounds
 * the log. A log that was copied whole is written from its beginning again.
 *
 * @see <a href="https://www.sqlite.org/wal.html">Write-Ahead Logging</a>
 */
final class JournalCopier implements AutoCloseable {

    private static final Log logger = LogFactory.getLog(JournalCopier.class);

    /** After how many pages SQLite copies by itself, as part of a commit: 64 MB. */
    static final int PAGES_AT_MOST = 16_000;

    /** After about how many pages they are copied. */
    private static final int PAGES = 4_000;

    /** Pages that a commit writes beside one for each row: the ends of the indexes. */
    private static final int PAGES_OF_COMMIT = 10;

    private static final long IDLE_SECONDS = 5;

    private static final long END_SECONDS = 10;

    private final DatabaseFile file;

    private final Writer writer;

    /** Ends its thread when there is nothing to do for a while. */
    private final ThreadPoolExecutor executor;

    private final AtomicBoolean copying = new AtomicBoolean();

    /** Only who holds the lock of the writer touches it. */
    private long pages;

    /** Only the thread that copies touches it, and who closes after that has ended. */
    private @Nullable Connection connection;

    JournalCopier(DatabaseFile file, Writer writer) {
        this.file = file;
        this.writer = writer;
        this.executor = new ThreadPoolExecutor(
                0,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                JournalCopier::thread,
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "enact-sqlite-copier");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Hears of a commit, and copies when there is enough.
     *
     * @param rows how many it inserted, changed or deleted
     */
    void committed(long rows) {
        this.pages += PAGES_OF_COMMIT + rows;
        if (this.pages >= PAGES && this.copying.compareAndSet(false, true)) {
            this.pages = 0;
            try {
                this.executor.execute(this::copy);
            } catch (OutOfMemoryError ex) {
                // there is no thread to be had, and the commit was made all the same
                this.copying.set(false);
                logger.warn("The write-ahead log of " + this.file.path().getFileName() + " is not copied now", ex);
            }
        }
    }

    private void copy() {
        try {
            copy(connection());
            // what was written meanwhile is little; with all of it copied the next commit begins the log anew
            this.writer.inPlace(JournalCopier::copy);
        } catch (SQLException | RuntimeException ex) {
            // nothing is lost: it stays in the log, and whoever can't write any more will say so
            if (!this.executor.isShutdown()) {
                logger.warn(
                        "The write-ahead log of " + this.file.path().getFileName()
                                + " can't be copied into its file, and grows. Check the disk.",
                        ex);
            }
            disconnect();
        } finally {
            this.copying.set(false);
        }
    }

    /** Copies what nobody reads any more. */
    private static boolean copy(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    private Connection connection() throws SQLException {
        // SQLite would make a new file
        this.writer.requireInPlace();
        Connection connection = this.connection;
        if (connection == null) {
            connection = this.file.connect(SynchronousMode.FULL);
            this.connection = connection;
        }
        return connection;
    }

    private void disconnect() {
        Connection connection = this.connection;
        this.connection = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException ex) {
                logger.debug("A connection to " + this.file.path() + " can't be closed", ex);
            }
        }
    }

    /** Waits for what is under way, unless the disk does not answer. */
    @Override
    public void close() {
        this.executor.shutdown();
        boolean interrupted = false;
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS); ; ) {
            try {
                if (this.executor.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    disconnect();
                }
                break;
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
