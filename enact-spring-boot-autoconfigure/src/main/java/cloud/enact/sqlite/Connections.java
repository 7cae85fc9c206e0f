package cloud.enact.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One connection that writes and a few that read and wait for no writer, outside every pool of the application: its
 * callers may hold all pooled connections while they wait for it. Thread-safe.
 */
public final class Connections implements AutoCloseable {

    private static final int READERS = 2;

    /** Of each connection that reads; the usual two megabytes hold too little of an index for a million entries. */
    private static final int READ_CACHE_KB = 16 * 1024;

    private final DatabaseFile file;

    private final Writer writer;

    /** Holds a connection, or an empty place where one may be opened. */
    private final BlockingQueue<Reader> readers = new LinkedBlockingQueue<>();

    private volatile boolean closed;

    /** Opens nothing yet. */
    public Connections(DatabaseFile file) {
        this.file = file;
        this.writer = new Writer(file, SynchronousMode.FULL, file.failures());
        for (int i = 0; i < READERS; i++) {
            this.readers.add(new Reader(null));
        }
    }

    private record Reader(@Nullable Connection connection) {}

    /** Does the work in a transaction of its own, all of it or nothing, on disk when this returns. */
    public <T> T write(Work<T> work) {
        return this.writer.write(work);
    }

    /**
     * Brings everything into the main file and cuts the write-ahead log, which holds pages as they were before.
     *
     * @return whether nothing of them is left, because nobody reads
     */
    public boolean forgetHistory() {
        return this.writer.inPlace(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return row.next() && row.getInt(1) == 0;
            }
        });
    }

    /** Does the work on a connection that can't write. */
    public <T> T read(Work<T> work) {
        @Nullable Connection connection = borrow();
        try {
            if (this.closed) {
                throw this.file
                        .failures()
                        .because("can't be read: it is closed, the application is shutting down.", null);
            }
            if (connection == null) {
                connection = reader();
            }
            return work.on(connection);
        } catch (SQLException ex) {
            if (connection != null) {
                Writer.quietly(connection, ex);
                connection = null;
            }
            throw this.file.failures().of("read", ex);
        } finally {
            this.readers.add(new Reader(connection));
        }
    }

    private Connection reader() throws SQLException {
        // SQLite would make a new file
        this.writer.requireInPlace();
        Connection connection = this.file.connect(SynchronousMode.FULL);
        if (!this.file.isReadOnly()) {
            Writer.execute(connection, "PRAGMA query_only = ON");
            Writer.execute(connection, "PRAGMA cache_size = -" + READ_CACHE_KB);
        }
        return connection;
    }

    /** Waits even in a thread that was interrupted: what a call leaves behind must be read and recorded all the same. */
    private @Nullable Connection borrow() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return this.readers.take().connection();
                } catch (InterruptedException ex) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for what is under way, then closes all. */
    @Override
    public void close() {
        this.closed = true;
        RuntimeException failed = null;
        try {
            this.writer.close();
        } catch (RuntimeException ex) {
            failed = ex;
        }
        for (int i = 0; i < READERS; i++) {
            try {
                close(borrow());
            } catch (RuntimeException ex) {
                failed = (failed != null) ? failed : ex;
            }
        }
        // later readers find the places again, and hear that the store is closed
        for (int i = 0; i < READERS; i++) {
            this.readers.add(new Reader(null));
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException ex) {
            throw this.file.failures().of("closed", ex);
        }
    }
}
