package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.ReceiptStoreException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One connection that writes and a few that read, outside every pool of the application: its callers may hold all
 * pooled connections while they wait for their receipt. Thread-safe.
 */
final class Connections implements AutoCloseable {

    private static final int READERS = 2;

    private static final int BUSY_MILLIS = 10_000;

    /** Of each connection that reads; the usual two megabytes hold too little of an index for a million entries. */
    private static final int READ_CACHE_KB = 16 * 1024;

    private final Path file;

    private final Object writing = new Object();

    private @Nullable Connection writer;

    /** Holds a connection, or an empty place where one may be opened. */
    private final BlockingQueue<Reader> readers = new LinkedBlockingQueue<>();

    private final boolean readOnly;

    /** The file, where it is written; it stays the same one as long as this process has it open. */
    private final @Nullable OpenedFile opened;

    /** What is written goes there first; made with the first write. */
    private volatile @Nullable OpenedFile journal;

    private volatile boolean closed;

    private Connections(Path file, boolean readOnly) {
        this.file = file;
        this.readOnly = readOnly;
        this.opened = readOnly ? null : OpenedFile.at(file);
        for (int i = 0; i < READERS; i++) {
            this.readers.add(new Reader(null));
        }
    }

    static Connections writing(Path file) {
        return new Connections(file, false);
    }

    /** Connections that leave the file as it is. */
    static Connections readingOnly(Path file) {
        return new Connections(file, true);
    }

    private record Reader(@Nullable Connection connection) {}

    /** Something done with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Does the work in a transaction of its own, all of it or nothing. */
    <T> T write(Work<T> work) {
        synchronized (this.writing) {
            requireInPlace();
            T result = transact(work);
            if (this.journal == null) {
                this.journal = journal();
            }
            // what was moved away meanwhile may have taken it along
            requireInPlace();
            return result;
        }
    }

    /** A disk that can't share memory among processes has SQLite do without. */
    private @Nullable OpenedFile journal() {
        Path path = this.file.resolveSibling(this.file.getFileName() + "-wal");
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? OpenedFile.at(path) : null;
    }

    private void requireInPlace() {
        OpenedFile file = this.opened;
        if (file != null && !this.closed) {
            file.requireInPlace();
        }
        OpenedFile journal = this.journal;
        if (journal != null && !this.closed) {
            journal.requireInPlace();
        }
    }

    private <T> T transact(Work<T> work) {
        try {
            Connection connection = writer();
            try {
                // by hand: with auto-commit off the driver would take the next write lock right after a commit
                execute(connection, "BEGIN IMMEDIATE");
                T result = work.on(connection);
                execute(connection, "COMMIT");
                return result;
            } catch (SQLException | RuntimeException | Error ex) {
                undo(connection, ex);
                throw ex;
            }
        } catch (SQLException ex) {
            throw failure("written", ex);
        }
    }

    private void undo(Connection connection, Throwable reason) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException ex) {
            // SQLite rolled back by itself, or can't: either way a new connection is in a known state
            reason.addSuppressed(ex);
            this.writer = null;
            // the last connection that closes takes it along
            this.journal = null;
            quietly(connection, reason);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void quietly(Connection connection, Throwable reason) {
        try {
            connection.close();
        } catch (SQLException ex) {
            reason.addSuppressed(ex);
        }
    }

    private Connection writer() throws SQLException {
        if (this.closed) {
            throw closedException();
        }
        if (this.readOnly) {
            throw new ReceiptStoreException("The receipt store was opened for reading only", null);
        }
        Connection connection = this.writer;
        if (connection == null) {
            connection = config().createConnection("jdbc:sqlite:" + this.file);
            this.writer = connection;
        }
        return connection;
    }

    /** Does the work on a connection that can't write. */
    <T> T read(Work<T> work) {
        @Nullable Connection connection = borrow();
        try {
            if (this.closed) {
                throw closedException();
            }
            if (connection == null) {
                connection = reader();
            }
            return work.on(connection);
        } catch (SQLException ex) {
            if (connection != null) {
                quietly(connection, ex);
                connection = null;
            }
            throw failure("read", ex);
        } finally {
            this.readers.add(new Reader(connection));
        }
    }

    private Connection reader() throws SQLException {
        if (!this.readOnly) {
            // SQLite would make a new file
            requireInPlace();
            Connection connection = config().createConnection("jdbc:sqlite:" + this.file);
            execute(connection, "PRAGMA query_only = ON");
            execute(connection, "PRAGMA cache_size = -" + READ_CACHE_KB);
            return connection;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection(isFrozen() ? frozenUrl() : "jdbc:sqlite:" + this.file);
    }

    /**
     * Whether SQLite must do without the files it shares among processes, because it could not make them. While somebody
     * writes, or after a crash, they are there.
     */
    private boolean isFrozen() {
        Path name = this.file.getFileName();
        return !Files.isWritable(this.file.resolveSibling("."))
                && !Files.exists(this.file.resolveSibling(name + "-wal"))
                && !Files.exists(this.file.resolveSibling(name + "-shm"));
    }

    private String frozenUrl() {
        return "jdbc:sqlite:" + this.file.toUri().toString().replaceFirst("^file:///", "file:/") + "?immutable=1";
    }

    private @Nullable Connection borrow() {
        try {
            return this.readers.take().connection();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new ReceiptStoreException("The receipt store was not read: the thread was interrupted", ex);
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setGetGeneratedKeys(false);
        return config;
    }

    private ReceiptStoreException closedException() {
        return new ReceiptStoreException("The receipt store is closed; the application is shutting down", null);
    }

    private ReceiptStoreException failure(String verb, SQLException cause) {
        String advice = "Check the file and the disk";
        if (cause instanceof SQLiteException sqlite) {
            SQLiteErrorCode code = sqlite.getResultCode();
            advice = switch (SQLiteErrorCode.getErrorCode(code.code & 0xFF)) {
                case SQLITE_FULL -> "The disk is full: make room";
                case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                    "Check that the file and its folder are writable for the user that runs the application";
                case SQLITE_BUSY, SQLITE_LOCKED -> "Another process kept the file locked for too long";
                case SQLITE_NOTADB, SQLITE_CORRUPT ->
                    "It is not a sound SQLite database: keep it as evidence and name another file";
                case SQLITE_CONSTRAINT -> "An entry for the same place of the log exists, or the file was altered";
                default -> advice;
            };
        }
        return new ReceiptStoreException(
                "The receipt store " + this.file + " can't be " + verb + ". " + advice + ".", cause);
    }

    /** Waits for what is under way, then closes all. */
    @Override
    public void close() {
        this.closed = true;
        SQLException failed = null;
        synchronized (this.writing) {
            failed = close(this.writer, failed);
            this.writer = null;
        }
        for (int i = 0; i < READERS; i++) {
            failed = close(borrow(), failed);
        }
        // later readers find the places again, and hear that the store is closed
        for (int i = 0; i < READERS; i++) {
            this.readers.add(new Reader(null));
        }
        if (failed != null) {
            throw failure("closed", failed);
        }
    }

    private static @Nullable SQLException close(@Nullable Connection connection, @Nullable SQLException failed) {
        try {
            if (connection != null) {
                connection.close();
            }
            return failed;
        } catch (SQLException ex) {
            return (failed != null) ? failed : ex;
        }
    }
}
