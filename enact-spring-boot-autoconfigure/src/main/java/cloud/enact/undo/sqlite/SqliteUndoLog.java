package cloud.enact.undo.sqlite;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.UndoDocuments;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.UndoSeal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The undo log in a SQLite file, which may be the file of the embedded receipt store. Thread-safe; several instances
 * and processes may share the file.
 *
 * <p>{@link #begin} commits with {@code synchronous=FULL}, one commit for all callers that wait at the same time.
 * {@link #end} commits with {@code synchronous=NORMAL}, which appends to the write-ahead log without forcing it: the
 * next durable commit to the same file, such as that of the COMPLETED receipt, forces everything before it. If the
 * machine stops in between, the step is found as {@code INTENT}, which undo resolves by looking.
 */
public final class SqliteUndoLog implements UndoLog, AutoCloseable {

    private static final Log logger = LogFactory.getLog(SqliteUndoLog.class);

    private static final int MAX_BATCH = 128;

    private final UndoDatabase database;

    private final UndoDocuments documents;

    private final Connection durable;

    private final Connection relaxed;

    /** One writer at a time: SQLite takes no more, and its own waiting is a sleep. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ConcurrentLinkedQueue<Pending> waiting = new ConcurrentLinkedQueue<>();

    private SqliteUndoLog(UndoDatabase database, UndoSeal seal) {
        this.database = database;
        this.documents = new UndoDocuments(seal);
        this.durable = database.connect("FULL");
        this.relaxed = database.connect("NORMAL");
    }

    /**
     * Opens the log, making the file and its tables when they are not there. The file is readable by its owner only.
     *
     * @param file the database file
     * @param seal seals every record
     * @throws UndoLogException when the file can't be used, or was written by a newer version
     */
    public static SqliteUndoLog open(Path file, UndoSeal seal) {
        UndoDatabase database = UndoDatabase.prepare(file);
        return new SqliteUndoLog(database, seal);
    }

    /**
     * Opens a log that exists for reading: nothing is made or changed, and every write is refused. A file without
     * the tables of an undo log holds no steps.
     *
     * @param file the database file
     * @param seal checks every record
     * @throws UndoLogException when the file is not there, can't be read, or was written by a newer version
     */
    public static SqliteUndoLog openReadOnly(Path file, UndoSeal seal) {
        return new SqliteUndoLog(UndoDatabase.existing(file), seal);
    }

    @Override
    public UndoRecord begin(
            RunId runId,
            UUID actionId,
            String connector,
            String operation,
            Map<String, @Nullable Object> args,
            Reversibility reversibility,
            Capture capture) {
        Pending mine = new Pending(runId, actionId, connector, operation, args, reversibility, capture);
        this.waiting.add(mine);
        this.writing.lock();
        try {
            // whoever gets the lock first commits for everybody who waits
            while (!mine.settled()) {
                commitWaiting();
            }
        } finally {
            this.writing.unlock();
        }
        return mine.outcome();
    }

    @Override
    public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
        this.writing.lock();
        try {
            this.database.inTransaction(this.relaxed, connection -> {
                UndoDocuments.Sealed ended =
                        this.documents.ended(position, documentAt(connection, position), state, fingerprint);
                byte[] earlier = endAt(connection, position);
                if (earlier == null) {
                    insertEnd(connection, position, ended);
                } else if (!Arrays.equals(earlier, ended.bytes())) {
                    throw new UndoLogException("Record " + position + " of the undo log has ended already", null);
                }
            });
        } finally {
            this.writing.unlock();
        }
    }

    @Override
    public List<UndoRecord> findByRun(RunId runId) {
        String sql = "SELECT b.position, " + bounded("b") + ", b.seal, " + bounded("e")
                + ", e.seal FROM undo_begun b LEFT JOIN undo_ended e ON e.position = b.position"
                + " WHERE b.run_id = ? ORDER BY b.position";
        // a connection of its own: readers of a write-ahead log wait for nobody
        if (this.database.isEmpty()) {
            return List.of();
        }
        try (Connection connection = this.database.connect("NORMAL");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, runId.toString());
            List<UndoRecord> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read(runId, rows));
                }
            }
            return List.copyOf(found);
        } catch (SQLException ex) {
            throw new UndoLogException("The steps of run " + runId + " can't be read from the undo log", ex);
        }
    }

    @Override
    public Optional<Claim> claim(RunId runId) {
        return this.database.claims().take(runId);
    }

    /** Closes the file. Steps that are begun afterwards are refused. */
    @Override
    public void close() {
        this.writing.lock();
        try {
            this.durable.close();
            this.relaxed.close();
        } catch (SQLException ex) {
            throw new UndoLogException("The undo log can't be closed", ex);
        } finally {
            this.writing.unlock();
        }
    }

    private void commitWaiting() {
        List<Pending> batch = new ArrayList<>();
        for (Pending next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
            batch.add(next);
            if (batch.size() == MAX_BATCH) {
                break;
            }
        }
        try {
            this.database.inTransaction(this.durable, connection -> insert(connection, batch));
            batch.forEach(Pending::committed);
        } catch (RuntimeException ex) {
            batch.forEach(pending -> pending.failed(ex));
        } catch (Error ex) {
            // the others must not wait for ever on a caller that died
            batch.forEach(pending -> pending.failed(new UndoLogException("The undo log broke off", ex)));
            throw ex;
        }
        if (logger.isDebugEnabled()) {
            logger.debug("Undo log committed " + batch.size() + " step(s)");
        }
    }

    private void insert(Connection connection, List<Pending> batch) throws SQLException {
        long position = lastPosition(connection);
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO undo_begun (position, run_id, document, seal) VALUES (?, ?, ?, ?)")) {
            for (Pending pending : batch) {
                UndoDocuments.Sealed begun = pending.write(this.documents, position + 1);
                if (begun == null) {
                    continue;
                }
                position++;
                statement.setLong(1, position);
                statement.setString(2, pending.runId().toString());
                statement.setBytes(3, begun.bytes());
                statement.setString(4, begun.tag());
                statement.executeUpdate();
            }
        }
    }

    /** The sequence remembers positions whose rows are gone, so none is used twice. */
    private static long lastPosition(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT seq FROM sqlite_sequence WHERE name = 'undo_begun'");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static byte[] documentAt(Connection connection, long position) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT " + bounded("b") + " FROM undo_begun b WHERE b.position = ?")) {
            statement.setLong(1, position);
            try (ResultSet rows = statement.executeQuery()) {
                byte[] document = rows.next() ? rows.getBytes(1) : null;
                if (document == null) {
                    throw new UndoLogException("The undo log has no record " + position + " to end", null);
                }
                return document;
            }
        }
    }

    private static byte @Nullable [] endAt(Connection connection, long position) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT " + bounded("e") + " FROM undo_ended e WHERE e.position = ?")) {
            statement.setLong(1, position);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                byte[] document = rows.getBytes(1);
                return (document != null) ? document : new byte[0];
            }
        }
    }

    private static void insertEnd(Connection connection, long position, UndoDocuments.Sealed ended)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO undo_ended (position, document, seal) VALUES (?, ?, ?)")) {
            statement.setLong(1, position);
            statement.setBytes(2, ended.bytes());
            statement.setString(3, ended.tag());
            statement.executeUpdate();
        }
    }

    private UndoRecord read(RunId runId, ResultSet rows) throws SQLException {
        UndoDocuments.Sealed begun = new UndoDocuments.Sealed(bytes(rows, 2), text(rows, 3));
        String endTag = rows.getString(5);
        UndoDocuments.Sealed ended = (endTag != null) ? new UndoDocuments.Sealed(bytes(rows, 4), endTag) : null;
        return this.documents.read(rows.getLong(1), runId, begun, ended);
    }

    /** A document that somebody blew up is not brought into memory; as no bytes it fails its seal. */
    private static String bounded(String table) {
        return "CASE WHEN length(" + table + ".document) <= " + UndoDocuments.MAX_BYTES + " THEN " + table
                + ".document END";
    }

    private static byte[] bytes(ResultSet rows, int column) throws SQLException {
        byte[] bytes = rows.getBytes(column);
        return (bytes != null) ? bytes : new byte[0];
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return (text != null) ? text : "";
    }
}
