package cloud.enact.receipt.sqlite;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.LeasedReceiptStore;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.sqlite.Connections;
import cloud.enact.sqlite.DatabaseFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Keeps receipts in one SQLite file, readable for its owner only. Several processes may open the same file; each writes
 * a log of its own, see {@link #lease}. Thread-safe.
 */
public final class SqliteReceiptStore implements LeasedReceiptStore, CheckpointStore, AutoCloseable {

    private final Path file;

    private final Connections connections;

    private final EntryReader reader;

    private final CheckpointTable checkpoints;

    /** For the connection that writes; only who writes touches it. */
    private @Nullable EntryWriter entries;

    private SqliteReceiptStore(DatabaseFile file) {
        this.file = file.path();
        this.connections = new Connections(file);
        this.reader = new EntryReader(this.connections);
        this.checkpoints = new CheckpointTable(this.connections);
    }

    /**
     * Loads the library that reads and writes such files; the first file that is opened waits for it otherwise.
     *
     * @throws Exception when it can't be loaded, as opening a file will say again
     */
    public static void loadLibrary() throws Exception {
        SQLiteJDBCLoader.initialize();
    }

    /**
     * Opens the file, and makes it and missing folders for the owner alone.
     *
     * @throws ReceiptStoreException when it can't be opened, or was written by a newer version
     */
    public static SqliteReceiptStore open(Path file) {
        DatabaseFile prepared = DatabaseFile.prepare(file, DatabaseFile.Use.WRITING, Failure.ofStore(file));
        SqliteReceiptStore store = new SqliteReceiptStore(prepared);
        try {
            store.connections.write(connection -> {
                Schema.prepare(connection, prepared.failures());
                OpenDecisions.restore(connection);
                return true;
            });
            return store;
        } catch (RuntimeException ex) {
            store.close();
            throw ex;
        }
    }

    /**
     * Opens a file that exists for reading, while an application writes it or on a disk that can't be written. Appending
     * and leasing are refused.
     *
     * @throws ReceiptStoreException when it is not there, can't be read, or was written by a newer version
     */
    public static SqliteReceiptStore openReadOnly(Path file) {
        DatabaseFile existing = DatabaseFile.existing(file, Failure.ofStore(file));
        SqliteReceiptStore store = new SqliteReceiptStore(existing);
        try {
            store.connections.read(connection -> {
                Schema.require(connection, existing.failures());
                return true;
            });
            return store;
        } catch (RuntimeException ex) {
            store.close();
            throw ex;
        }
    }

    /** The file, without symbolic links in its folders. */
    public Path file() {
        return this.file;
    }

    /**
     * Leases a log for one writer: the first that nobody writes, else a new one.
     *
     * @param ids gives the id of a new log
     */
    @Override
    public LogLease lease(IdGenerator ids) {
        for (String log : logs()) {
            // the id becomes part of a file name, and the file may have been altered
            if (isUuid(log)) {
                Optional<FileLease> lease = FileLease.tryAcquire(this.file, log);
                if (lease.isPresent()) {
                    return lease.get();
                }
            }
        }
        String log = ids.next().toString();
        FileLease lease = FileLease.tryAcquire(this.file, log)
                .orElseThrow(() -> new ReceiptStoreException("A new receipt log is leased already; start again", null));
        try {
            this.connections.write(connection -> {
                insertLog(connection, log);
                return true;
            });
            return lease;
        } catch (RuntimeException ex) {
            lease.close();
            throw ex;
        }
    }

    @Override
    public boolean isLeased(String log) {
        return isUuid(log) && FileLease.isHeld(this.file, log);
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException ex) {
            return false;
        }
    }

    private static void insertLog(Connection connection, String log) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT OR IGNORE INTO receipt_log VALUES (?)")) {
            insert.setString(1, log);
            insert.executeUpdate();
        }
    }

    @Override
    public void append(List<Receipt> batch) {
        if (batch.isEmpty()) {
            return;
        }
        this.connections.write(connection -> {
            if (batch.get(0).seq() == 1) {
                insertLog(connection, batch.get(0).log());
            }
            EntryWriter writer = writer(connection);
            try {
                for (Receipt receipt : batch) {
                    if (!receipt.log().equals(batch.get(0).log())) {
                        throw new IllegalArgumentException("A batch holds entries of one log");
                    }
                    writer.write(receipt);
                }
            } catch (SQLException | RuntimeException | Error ex) {
                // the driver closes a statement that failed
                this.entries = null;
                writer.close(ex);
                throw ex;
            }
            return true;
        });
    }

    private EntryWriter writer(Connection connection) throws SQLException {
        EntryWriter writer = this.entries;
        if (writer == null || !writer.isFor(connection)) {
            writer = new EntryWriter(connection);
            this.entries = writer;
        }
        return writer;
    }

    @Override
    public Optional<Receipt> find(String log, long seq) {
        return this.reader.find(log, seq);
    }

    @Override
    public List<Receipt> findByRun(RunId runId) {
        return this.reader.findByRun(runId);
    }

    @Override
    public ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        return this.reader.query(filter, after, limit);
    }

    @Override
    public Optional<Receipt> head(String log) {
        return this.reader.head(log);
    }

    @Override
    public List<String> logs() {
        return this.reader.logs();
    }

    @Override
    public List<Receipt> read(String log, long fromSeq, int limit) {
        return this.reader.read(log, fromSeq, limit);
    }

    @Override
    public List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
        return this.reader.findOpen(after, limit);
    }

    @Override
    public void save(Checkpoint checkpoint, byte[] range) {
        this.checkpoints.save(checkpoint, range);
    }

    @Override
    public Optional<Saved> newest(String log) {
        return this.checkpoints.newest(log);
    }

    @Override
    public List<Checkpoint> checkpoints(String log, long fromSize, int limit) {
        return this.checkpoints.checkpoints(log, fromSize, limit);
    }

    /** Closes the file. Leases are closed on their own, after it. */
    @Override
    public void close() {
        this.connections.close();
    }
}
