package cloud.enact.undo.jdbc;

import cloud.enact.action.RunId;
import cloud.enact.jdbc.Sql;
import cloud.enact.jdbc.Transaction;
import cloud.enact.undo.UndoDocuments;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads steps. */
final class StepReader {

    /** Rows that are brought into memory at once, beside the records that are made of them. */
    private static final int ROWS = 16;

    private final UndoDocuments documents;

    private final String byRun;

    private final String begun;

    private final String ended;

    StepReader(UndoDocuments documents, Sql sql) {
        this.documents = documents;
        this.byRun = sql.of("SELECT b.position, " + bounded("b") + ", b.seal, " + bounded("e")
                + ", e.seal FROM enact.undo_begun b LEFT JOIN enact.undo_ended e ON e.position = b.position"
                + " WHERE b.run_id = ? ORDER BY b.position");
        this.begun = sql.of("SELECT " + bounded("b") + " FROM enact.undo_begun b WHERE b.position = ?");
        this.ended = sql.of("SELECT " + bounded("e") + " FROM enact.undo_ended e WHERE e.position = ?");
    }

    /** A document that somebody blew up is not brought into memory; as no bytes it fails its seal. */
    private static String bounded(String table) {
        return "CASE WHEN octet_length(" + table + ".document) <= " + UndoDocuments.MAX_BYTES + " THEN " + table
                + ".document END";
    }

    List<UndoRecord> findByRun(Connection connection, RunId runId) throws SQLException {
        try (Transaction transaction = new Transaction(connection);
                PreparedStatement query = connection.prepareStatement(this.byRun)) {
            // the driver reads row by row only in one
            transaction.begin();
            query.setFetchSize(ROWS);
            query.setObject(1, runId.value());
            List<UndoRecord> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(read(runId, rows));
                }
            }
            return List.copyOf(found);
        }
    }

    private UndoRecord read(RunId runId, ResultSet rows) throws SQLException {
        UndoDocuments.Sealed begun = sealed(rows.getBytes(2), rows.getString(3));
        String tag = rows.getString(5);
        UndoDocuments.Sealed ended = (tag != null) ? sealed(rows.getBytes(4), tag) : null;
        return this.documents.read(rows.getLong(1), runId, begun, ended);
    }

    private static UndoDocuments.Sealed sealed(byte @Nullable [] document, @Nullable String tag) {
        return new UndoDocuments.Sealed(
                Objects.requireNonNullElseGet(document, () -> new byte[0]), Objects.requireNonNullElse(tag, ""));
    }

    /**
     * The bytes of an intent.
     *
     * @throws UndoLogException when there is none
     */
    byte[] begun(Connection connection, long position) throws SQLException {
        byte[] document = document(connection, this.begun, position);
        if (document == null) {
            throw new UndoLogException("The undo log has no record " + position + " to end", null);
        }
        return document;
    }

    /** The bytes of an end; none where it was blown up. */
    byte[] ended(Connection connection, long position) throws SQLException {
        byte[] document = document(connection, this.ended, position);
        return (document != null) ? document : new byte[0];
    }

    private static byte @Nullable [] document(Connection connection, String sql, long position) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, position);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getBytes(1) : null;
            }
        }
    }
}
