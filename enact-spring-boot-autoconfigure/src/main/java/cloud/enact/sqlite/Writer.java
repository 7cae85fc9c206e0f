package cloud.enact.sqlite;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A connection that writes, opened with the first write and replaced when it is broken. Thread-safe. */
public final class Writer implements AutoCloseable {

    private final DatabaseFile file;

    private final SynchronousMode synchronous;

    private final Failures<?> failures;

    /** One at a time: SQLite takes no more, and its own waiting is a sleep. Fair, or who copies would wait for ever. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private @Nullable WriteConnection connection;

    /** Is {@code null} where nothing is written, or what was written must be cut off at once. */
    private final @Nullable JournalCopier copier;

    /** The file, where it is written; it stays the same one as long as this process has it open. */
    private final @Nullable OpenedFile opened;

    /** What is written goes there first; made with the first write. */
    private volatile @Nullable OpenedFile journal;

    private volatile boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param synchronous {@code FULL}: a commit is on disk when it returns; {@code NORMAL}: with the next such commit
     * @param failures what to throw when something can't be written
     */
    public Writer(DatabaseFile file, SynchronousMode synchronous, Failures<?> failures) {
        this.file = file;
        this.synchronous = synchronous;
        this.failures = failures;
        this.copier = (file.use() == DatabaseFile.Use.WRITING) ? new JournalCopier(file, this) : null;
        this.opened = file.isReadOnly() ? null : OpenedFile.at(file.path(), failures);
    }

    /** Does the work in a transaction of its own that takes the write lock at once, all of it or nothing. */
    public <T> T write(Work<T> work) {
        return locked(connection -> {
            long before = connection.changes();
            T result;
            try {
                result = connection.transact(work);
            } catch (SQLException | RuntimeException | Error ex) {
                undo(connection, ex);
                throw ex;
            }
            if (this.copier != null) {
                this.copier.committed(connection.changes() - before);
            }
            return result;
        });
    }

    /** Does the work outside of a transaction. */
    <T> T inPlace(Work<T> work) {
        return locked(connection -> work.on(connection.connection()));
    }

    /** Does something with the connection that writes, and has nobody else do so meanwhile. */
    @FunctionalInterface
    private interface Locked<T> {

        T on(WriteConnection connection) throws SQLException;
    }

    private <T> T locked(Locked<T> work) {
        this.writing.lock();
        try {
            requireInPlace();
            T result = work.on(connection());
            if (this.journal == null) {
                this.journal = journal();
            }
            // what was moved away meanwhile may have taken it along
            requireInPlace();
            return result;
        } catch (SQLException ex) {
            throw this.failures.of("written", ex);
        } finally {
            this.writing.unlock();
        }
    }

    private WriteConnection connection() throws SQLException {
        if (this.closed) {
            throw this.failures.because("can't be written: it is closed, the application is shutting down.", null);
        }
        if (this.file.isReadOnly()) {
            throw this.failures.because("was opened for reading only.", null);
        }
        WriteConnection connection = this.connection;
        if (connection == null) {
            connection = WriteConnection.open(this.file, this.synchronous);
            this.connection = connection;
        }
        return connection;
    }

    /** A disk that can't share memory among processes has SQLite do without. */
    private @Nullable OpenedFile journal() {
        Path path = this.file.beside("-wal");
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? OpenedFile.at(path, this.failures) : null;
    }

    void requireInPlace() {
        OpenedFile opened = this.opened;
        if (opened != null && !this.closed) {
            opened.requireInPlace();
        }
        OpenedFile journal = this.journal;
        if (journal != null && !this.closed) {
            journal.requireInPlace();
        }
    }

    private void undo(WriteConnection connection, Throwable reason) {
        try {
            execute(connection.connection(), "ROLLBACK");
        } catch (SQLException ex) {
            // SQLite rolled back by itself, or can't
            reason.addSuppressed(ex);
            replace(connection, reason);
            return;
        }
        if (connection.isBroken()) {
            replace(connection, reason);
        }
    }

    /** A new connection is in a known state. It is opened first, because the last one that closes takes the log along. */
    private void replace(WriteConnection connection, Throwable reason) {
        this.connection = null;
        try {
            this.connection = WriteConnection.open(this.file, this.synchronous);
        } catch (SQLException ex) {
            reason.addSuppressed(ex);
            this.journal = null;
        }
        quietly(connection.connection(), reason);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void quietly(Connection connection, Throwable reason) {
        try {
            connection.close();
        } catch (SQLException ex) {
            reason.addSuppressed(ex);
        }
    }

    /** Waits for what is under way. Does nothing the second time. */
    @Override
    public void close() {
        this.closed = true;
        if (this.copier != null) {
            this.copier.close();
        }
        this.writing.lock();
        try {
            WriteConnection connection = this.connection;
            this.connection = null;
            if (connection != null) {
                connection.connection().close();
            }
        } catch (SQLException ex) {
            throw this.failures.of("closed", ex);
        } finally {
            this.writing.unlock();
        }
    }
}
