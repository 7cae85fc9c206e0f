package cloud.enact.undo.sqlite;

import cloud.enact.action.RunId;
import cloud.enact.sqlite.Connections;
import cloud.enact.sqlite.DatabaseFile;
import cloud.enact.sqlite.Failures;
import cloud.enact.sqlite.Writer;
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
import org.sqlite.SQLiteConfig.SynchronousMode;

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

    /** Says of a step that was to begin what that means. */
    private static final Failures<UndoLogException> OF_INTENTS = new Failures<>(
            "undo log",
            (message, cause) -> new UndoLogException(message + " Because of that the step is not done.", cause));

    private final DatabaseFile file;

    private final Writer durable;

    private final Writer relaxed;

    /** Only for reading. */
    private final Connections connections;

    private final RunClaims claims;

    /** A file that was opened for reading may have no tables. */
    private final boolean empty;

    private SqliteUndoLog(DatabaseFile file, UndoSeal seal, @Nullable UndoEncryption encryption) {
        super(seal, encryption);
        this.file = file;
        this.durable = new Writer(file, SynchronousMode.FULL, OF_INTENTS);
        this.relaxed = new Writer(file, SynchronousMode.NORMAL, UndoTables.FAILURES);
        this.connections = new Connections(file);
        this.claims = new RunClaims(file.path());
        try {
            this.empty = !this.connections.<Boolean>read(UndoTables::areThere);
        } catch (RuntimeException ex) {
            this.connections.close();
            throw ex;
        }
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
        return new SqliteUndoLog(UndoTables.prepare(file), seal, encryption);
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
        return new SqliteUndoLog(DatabaseFile.existing(file, UndoTables.FAILURES), seal, encryption);
    }

    @Override
    protected byte[] documentAt(long position) {
        return this.connections.read(connection -> UndoRows.documentAt(connection, position));
    }

    @Override
    public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
        this.relaxed.write(connection -> {
            UndoDocuments.Sealed ended =
                    documents().ended(position, UndoRows.documentAt(connection, position), state, fingerprint);
            byte[] earlier = UndoRows.endAt(connection, position);
            if (earlier == null) {
                UndoRows.insertEnd(connection, position, ended);
            } else if (!documents().isSame(earlier, ended.bytes())) {
                throw new UndoLogException("Record " + position + " of the undo log has ended already", null);
            }
            return true;
        });
    }

    @Override
    public List<UndoRecord> findByRun(RunId runId) {
        String sql = "SELECT b.position, " + UndoRows.bounded("b") + ", b.seal, " + UndoRows.bounded("e")
                + ", e.seal FROM undo_begun b LEFT JOIN undo_ended e ON e.position = b.position"
                + " WHERE b.run_id = ? ORDER BY b.position";
        if (this.empty) {
            return List.of();
        }
        return this.connections.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, runId.toString());
                List<UndoRecord> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(read(runId, rows));
                    }
                }
                return List.copyOf(found);
            }
        });
    }

    @Override
    public Optional<Claim> claim(RunId runId) {
        if (this.file.use() == DatabaseFile.Use.READING) {
            throw UndoTables.FAILURES.because("was opened for reading only", null);
        }
        return this.claims.take(runId);
    }

    /** Closes the file. Steps that are begun afterwards are refused. */
    @Override
    public void close() {
        this.durable.close();
        this.relaxed.close();
        this.connections.close();
    }

    @Override
    protected void write(List<PendingStep> batch) {
        this.durable.write(connection -> {
            insert(connection, batch);
            return true;
        });
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
