package cloud.enact.undo.sqlite;

import cloud.enact.undo.UndoDocuments;
import cloud.enact.undo.UndoLogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of the undo log's two tables. */
final class UndoRows {

    private UndoRows() {}

    /** The sequence remembers positions whose rows are gone, so none is used twice. */
    static long lastPosition(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT seq FROM sqlite_sequence WHERE name = 'undo_begun'");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    static byte[] documentAt(Connection connection, long position) throws SQLException {
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

    static byte @Nullable [] endAt(Connection connection, long position) throws SQLException {
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

    static void insertEnd(Connection connection, long position, UndoDocuments.Sealed ended) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO undo_ended (position, document, seal) VALUES (?, ?, ?)")) {
            statement.setLong(1, position);
            statement.setBytes(2, ended.bytes());
            statement.setString(3, ended.tag());
            statement.executeUpdate();
        }
    }

    /** A document that somebody blew up is not brought into memory; as no bytes it fails its seal. */
    static String bounded(String table) {
        return "CASE WHEN length(" + table + ".document) <= " + UndoDocuments.MAX_BYTES + " THEN " + table
                + ".document END";
    }

    static byte[] bytes(ResultSet rows, int column) throws SQLException {
        byte[] bytes = rows.getBytes(column);
        return (bytes != null) ? bytes : new byte[0];
    }

    static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return (text != null) ? text : "";
    }
}
