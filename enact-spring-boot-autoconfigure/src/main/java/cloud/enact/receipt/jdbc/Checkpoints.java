package cloud.enact.receipt.jdbc;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.undo.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps checkpoints in a table that takes no changes. Thread-safe. */
final class Checkpoints implements CheckpointStore {

    private final Connections connections;

    private final String insert;

    private final String newest;

    private final String page;

    Checkpoints(Connections connections, Sql sql) {
        this.connections = connections;
        this.insert = sql.of("INSERT INTO enact.receipt_checkpoint (log, size, note_digest, root, ts, note, tree_range)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        this.newest = sql.of("SELECT log, size, root, ts, note, tree_range FROM enact.receipt_checkpoint"
                + " WHERE log = ? ORDER BY size DESC, note_digest LIMIT 1");
        this.page = sql.of("SELECT log, size, root, ts, note FROM enact.receipt_checkpoint"
                + " WHERE log = ? AND size >= ? ORDER BY size, note_digest LIMIT ?");
    }

    @Override
    public void save(Checkpoint checkpoint, byte[] range) {
        this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(this.insert)) {
                statement.setString(1, checkpoint.log());
                statement.setLong(2, checkpoint.size());
                statement.setBytes(3, Sha256.of(checkpoint.note().getBytes(StandardCharsets.UTF_8)));
                statement.setBytes(4, checkpoint.root());
                statement.setLong(5, EntryRow.micros(checkpoint.timestamp()));
                statement.setString(6, checkpoint.note());
                statement.setBytes(7, range);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public Optional<Saved> newest(String log) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(this.newest)) {
                query.setString(1, ColumnText.of(log));
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? Optional.of(new Saved(checkpoint(row), row.getBytes(6))) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<Checkpoint> checkpoints(String log, long fromSize, int limit) {
        if (limit < 1 || limit > ReceiptStore.MAX_LIMIT) {
            throw new IllegalArgumentException("The limit must be 1 to " + ReceiptStore.MAX_LIMIT);
        }
        return this.connections.read(connection -> {
            List<Checkpoint> found = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(this.page)) {
                query.setString(1, ColumnText.of(log));
                query.setLong(2, fromSize);
                query.setInt(3, limit);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(checkpoint(rows));
                    }
                }
            }
            return found;
        });
    }

    private static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getString(1), row.getLong(2), row.getBytes(3), EntryRow.instant(row.getLong(4)), row.getString(5));
    }
}
