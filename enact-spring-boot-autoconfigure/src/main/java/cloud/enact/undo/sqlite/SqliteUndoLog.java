package cloud.enact.undo.sqlite;

import cloud.enact.action.RunId;
import cloud.enact.undo.DocumentUndoLog;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PendingStep;
import cloud.enact.undo.UndoDocuments;
import cloud.enact.undo.UndoEncryption;
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
import java.util.Optional;
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
public final class SqliteUndoLog extends DocumentUndoLog {

    private final UndoDatabase database;

    private final Connection durable;

    private final Connection relaxed;

    private SqliteUndoLog(UndoDatabase database, UndoSeal seal, @Nullable UndoEncryption encryption) {
        super(seal, encryption);
        this.database = database;
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
    protected byte[] documentAt(long position) {
        try (Connection connection = this.database.connect("NORMAL")) {
            return UndoRows.documentAt(connection, position);
        } catch (SQLException ex) {
            throw new UndoLogException("Step " + position + " can't be read from the undo log", ex);
        }
    }

    @Override
    public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
        // one writer at a time: SQLite takes no more, and its own waiting is a sleep
        alone(() -> this.database.inTransaction(this.relaxed, connection -> {
            UndoDocuments.Sealed ended =
                    documents().ended(position, UndoRows.documentAt(connection, position), state, fingerprint);
            byte[] earlier = UndoRows.endAt(connection, position);
            if (earlier == null) {
                UndoRows.insertEnd(connection, position, ended);
            } else if (!documents().isSame(earlier, ended.bytes())) {
                throw new UndoLogException("Record " + position + " of the undo log has ended already", null);
            }
        }));
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
        alone(() -> {
            try {
                this.durable.close();
                this.relaxed.close();
            } catch (SQLException ex) {
                throw new UndoLogException("The undo log can't be closed", ex);
            }
        });
    }

    @Override
    protected void write(List<PendingStep> batch) {
        this.database.inTransaction(this.durable, connection -> insert(connection, batch));
    }

    private void insert(Connection connection, List<PendingStep> batch) throws SQLException {
        long position = UndoRows.lastPosition(connection);
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO undo_begun (position, run_id, document, seal) VALUES (?, ?, ?, ?)")) {
            for (PendingStep pending : batch) {
                UndoDocuments.Sealed begun = pending.write(documents(), position + 1);
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
        return documents().read(rows.getLong(1), runId, begun, ended);
    }
}
