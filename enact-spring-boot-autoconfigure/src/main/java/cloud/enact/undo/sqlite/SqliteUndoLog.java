package cloud.enact.undo.sqlite;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.encryption.DataKey;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.UndoDocuments;
import cloud.enact.undo.UndoEncryption;
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

    private final @Nullable UndoEncryption encryption;

    private final Connection durable;

    private final Connection relaxed;

    /** One writer at a time: SQLite takes no more, and its own waiting is a sleep. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ConcurrentLinkedQueue<Pending> waiting = new ConcurrentLinkedQueue<>();

    private SqliteUndoLog(UndoDatabase database, UndoSeal seal, @Nullable UndoEncryption encryption) {
        this.database = database;
        this.documents = new UndoDocuments(seal, (encryption != null) ? encryption.keys() : null);
        this.encryption = encryption;
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
        return open(file, seal, null);
    }

    /**
     * Opens the log as {@link #open(Path, UndoSeal)} does.
     *
     * @param encryption encrypts and decrypts arguments and captured state; {@code null} for none
     */
    public static SqliteUndoLog open(Path file, UndoSeal seal, @Nullable UndoEncryption encryption) {
        return new SqliteUndoLog(UndoDatabase.prepare(file), seal, encryption);
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
        return openReadOnly(file, seal, null);
    }

    /**
     * Opens the log as {@link #openReadOnly(Path, UndoSeal)} does.
     *
     * @param encryption decrypts arguments and captured state; {@code null} for none
     */
    public static SqliteUndoLog openReadOnly(Path file, UndoSeal seal, @Nullable UndoEncryption encryption) {
        return new SqliteUndoLog(UndoDatabase.existing(file), seal, encryption);
    }

    @Override
    public UndoLog about(ActionRequest action) {
        return (this.encryption != null) ? new KeyedUndoLog(this, this.encryption.key(action)) : this;
    }

    @Override
    public UndoLog besides(UndoRecord step) {
        if (this.encryption == null || !this.encryption.writing()) {
            return this;
        }
        String kid = this.documents.kid(documentOf(step));
        return new KeyedUndoLog(this, (kid != null) ? this.encryption.keys().find(kid) : this.encryption.ownKey());
    }

    private byte[] documentOf(UndoRecord step) {
        try (Connection connection = this.database.connect("NORMAL")) {
            return UndoRows.documentAt(connection, step.position());
        } catch (SQLException ex) {
            throw new UndoLogException("Step " + step.position() + " can't be read from the undo log", ex);
        }
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
        DataKey key = (this.encryption != null) ? this.encryption.ownKey() : null;
        return begin(runId, actionId, connector, operation, args, reversibility, capture, key);
    }

    UndoRecord begin(
            RunId runId,
            UUID actionId,
            String connector,
            String operation,
            Map<String, @Nullable Object> args,
            Reversibility reversibility,
            Capture capture,
            @Nullable DataKey key) {
        Pending mine = new Pending(runId, actionId, connector, operation, args, reversibility, capture, key);
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
                        this.documents.ended(position, UndoRows.documentAt(connection, position), state, fingerprint);
                byte[] earlier = UndoRows.endAt(connection, position);
                if (earlier == null) {
                    UndoRows.insertEnd(connection, position, ended);
                } else if (!this.documents.isSame(earlier, ended.bytes())) {
                    throw new UndoLogException("Record " + position + " of the undo log has ended already", null);
                }
            });
        } finally {
            this.writing.unlock();
        }
    }

    @Override
    public List<UndoRecord> findByRun(RunId runId) {
        String sql = "SELECT b.position, " + UndoRows.bounded("b") + ", b.seal, " + UndoRows.bounded("e")
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
        long position = UndoRows.lastPosition(connection);
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

    private UndoRecord read(RunId runId, ResultSet rows) throws SQLException {
        UndoDocuments.Sealed begun = new UndoDocuments.Sealed(UndoRows.bytes(rows, 2), UndoRows.text(rows, 3));
        String endTag = rows.getString(5);
        UndoDocuments.Sealed ended =
                (endTag != null) ? new UndoDocuments.Sealed(UndoRows.bytes(rows, 4), endTag) : null;
        return this.documents.read(rows.getLong(1), runId, begun, ended);
    }
}
