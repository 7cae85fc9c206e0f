package cloud.enact.receipt.jdbc;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.Sql;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.LeasedReceiptStore;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStoreException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps receipts in PostgreSQL, for several processes at once; each writes a log of its own, see {@link #lease}. That a
 * log has one writer, and each entry follows the last one, is up to the database: nothing that goes wrong on this side
 * makes a fork. Thread-safe.
 */
public final class JdbcReceiptStore implements LeasedReceiptStore, CheckpointStore, AutoCloseable {

    /** Connections that read at most, beside the one that writes. */
    public static final int READERS = 3;

    private final Connections connections;

    private final Leases leases;

    private final EntryReader reader;

    private final EntryWriter writer;

    private final CheckpointStore checkpoints;

    private JdbcReceiptStore(Connections connections, JdbcReceiptOptions options) {
        Sql sql = new Sql(options.schema().quoted());
        this.connections = connections;
        this.leases = new Leases(
                connections, sql, options, "process " + ProcessHandle.current().pid());
        this.reader = new EntryReader(connections, sql);
        this.writer = new EntryWriter(sql);
        this.checkpoints = new Checkpoints(connections, sql);
    }

    /**
     * Opens the store in a schema that is prepared, see {@link ReceiptSchema}.
     *
     * @param source opens connections that nobody else uses; up to {@link #READERS} and one more of them are kept
     * @throws ReceiptStoreException when it can't be opened, or is not prepared
     */
    public static JdbcReceiptStore open(DataSource source, JdbcReceiptOptions options) {
        return open(new Connections(source, READERS, options.timeout(), Failure.OF_STORE), options);
    }

    /**
     * Opens the store on one connection for everything.
     *
     * @param source gives the connection, which is kept
     * @throws ReceiptStoreException when it can't be opened, or is not prepared
     */
    public static JdbcReceiptStore openOnOneConnection(DataSource source, JdbcReceiptOptions options) {
        return open(new Connections(source, 0, options.timeout(), Failure.OF_STORE), options);
    }

    private static JdbcReceiptStore open(Connections connections, JdbcReceiptOptions options) {
        JdbcReceiptStore store = new JdbcReceiptStore(connections, options);
        try {
            connections.write(connection -> {
                ReceiptSchema.require(connection, options);
                new OpenDecisions(new Sql(options.schema().quoted())).restore(connection);
                return true;
            });
            store.leases.makePartitions();
            store.leases.start();
            return store;
        } catch (RuntimeException ex) {
            store.close();
            throw ex;
        }
    }

    /** Identity of the server: its standbys and the other databases in it have the same. */
    public String server() {
        return this.connections.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result =
                            statement.executeQuery("SELECT system_identifier::text FROM pg_control_system()")) {
                result.next();
                return result.getString(1);
            }
        });
    }

    @Override
    public LogLease lease(IdGenerator ids) {
        return lease(ids.next().toString());
    }

    LogLease lease(String newLog) {
        return this.leases.lease(newLog);
    }

    /** Renews the leases of this process, as it does by itself from time to time. */
    void renewLeases() {
        this.leases.beat();
    }

    @Override
    public boolean isLeased(String log) {
        return this.leases.isHeld(log);
    }

    @Override
    public void append(List<Receipt> batch) {
        if (batch.isEmpty()) {
            return;
        }
        requireOrder(batch);
        String log = batch.get(0).log();
        long token = this.leases.token(log);
        long asked = System.nanoTime();
        this.connections.write(connection -> {
            this.writer.write(connection, token, batch);
            return true;
        });
        this.leases.renewed(log, asked);
    }

    /** Places are counted by the database, so they must be those the entries carry. */
    private static void requireOrder(List<Receipt> batch) {
        Receipt first = batch.get(0);
        for (int i = 0; i < batch.size(); i++) {
            Receipt receipt = batch.get(i);
            if (!receipt.log().equals(first.log()) || receipt.seq() != first.seq() + i) {
                throw new ReceiptStoreException(
                        "Entry " + receipt.seq() + " of log " + receipt.log() + " does not follow the one before it",
                        null);
            }
        }
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

    /** Closes the connections. Leases are given back on their own, before. */
    @Override
    public void close() {
        this.leases.close();
        this.connections.close();
    }
}
