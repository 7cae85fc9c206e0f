package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.SignedNote;
import cloud.enact.sqlite.Connections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Keeps checkpoints in the file of the receipts, as {@link CheckpointStore} promises. Thread-safe. */
final class CheckpointTable implements CheckpointStore {

    private static final int MAX_EDGE = Long.SIZE * 32;

    /** What somebody blew up is not brought into memory: it is no checkpoint. */
    private static final String COLUMNS = "log, size, CASE WHEN length(note) <= " + SignedNote.MAX_LENGTH
            + " THEN note END AS note, CASE WHEN length(edge) <= " + MAX_EDGE + " THEN edge END AS edge";

    private final Connections connections;

    CheckpointTable(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void save(Checkpoint checkpoint, byte[] range) {
        this.connections.write(connection -> {
            Optional<String> known = note(connection, checkpoint);
            if (known.isEmpty()) {
                insert(connection, checkpoint, range);
            } else if (!known.get().equals(checkpoint.note())) {
                throw new ReceiptStoreException(
                        "Receipt log " + checkpoint.log() + " has another checkpoint of size " + checkpoint.size(),
                        null);
            }
            return true;
        });
    }

    private static Optional<String> note(Connection connection, Checkpoint checkpoint) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM receipt_checkpoint WHERE log = ? AND size = ?")) {
            query.setString(1, checkpoint.log());
            query.setLong(2, checkpoint.size());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(read(row).note()) : Optional.empty();
            }
        }
    }

    private static void insert(Connection connection, Checkpoint checkpoint, byte[] range) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO receipt_checkpoint VALUES (?, ?, ?, ?)")) {
            insert.setString(1, checkpoint.log());
            insert.setLong(2, checkpoint.size());
            insert.setString(3, checkpoint.note());
            insert.setBytes(4, range);
            insert.executeUpdate();
        }
    }

    @Override
    public Optional<Saved> newest(String log) {
        return this.connections.read(connection -> {
            if (!Schema.hasCheckpoints(connection)) {
                return Optional.empty();
            }
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM receipt_checkpoint WHERE log = ? ORDER BY size DESC LIMIT 1")) {
                query.setString(1, log);
                try (ResultSet row = query.executeQuery()) {
                    return row.next()
                            ? Optional.of(
                                    new Saved(read(row), Objects.requireNonNullElse(row.getBytes("edge"), new byte[0])))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<Checkpoint> checkpoints(String log, long fromSize, int limit) {
        ReceiptStore.requireLimit(limit);
        return this.connections.read(connection -> {
            List<Checkpoint> page = new ArrayList<>();
            if (!Schema.hasCheckpoints(connection)) {
                return page;
            }
            try (PreparedStatement query = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM receipt_checkpoint WHERE log = ? AND size >= ? ORDER BY size LIMIT ?")) {
                query.setString(1, log);
                query.setLong(2, fromSize);
                query.setInt(3, limit);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        page.add(read(rows));
                    }
                }
            }
            return page;
        });
    }

    private static Checkpoint read(ResultSet row) throws SQLException {
        return Checkpoint.stored(
                Objects.requireNonNullElse(row.getString("log"), ""),
                row.getLong("size"),
                Objects.requireNonNullElse(row.getString("note"), ""));
    }
}
