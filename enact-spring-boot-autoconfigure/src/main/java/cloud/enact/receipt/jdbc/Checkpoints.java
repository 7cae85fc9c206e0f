package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.Sql;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.SignedNote;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Keeps checkpoints in a table that takes no changes, as {@link CheckpointStore} promises. Thread-safe. */
final class Checkpoints implements CheckpointStore {

    private static final int MAX_EDGE = Long.SIZE * 32;

    /** What somebody blew up is not brought into memory: it is no checkpoint. */
    private static final String SELECT = "SELECT log, size, CASE WHEN octet_length(note) <= " + SignedNote.MAX_LENGTH
            + " THEN note END AS note, CASE WHEN octet_length(edge) <= " + MAX_EDGE + " THEN edge END AS edge"
            + " FROM enact.receipt_checkpoint";

    private final Connections connections;

    private final String insert;

    private final String one;

    private final String newest;

    private final String page;

    Checkpoints(Connections connections, Sql sql) {
        this.connections = connections;
        this.insert = sql.of("INSERT INTO enact.receipt_checkpoint (log, size, note, edge) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING");
        this.one = sql.of(SELECT + " WHERE log = ? AND size = ?");
        this.newest = sql.of(SELECT + " WHERE log = ? ORDER BY size DESC LIMIT 1");
        this.page = sql.of(SELECT + " WHERE log = ? AND size >= ? ORDER BY size LIMIT ?");
    }

    @Override
    public void save(Checkpoint checkpoint, byte[] range) {
        boolean kept = this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(this.insert)) {
                statement.setString(1, checkpoint.log());
                statement.setLong(2, checkpoint.size());
                statement.setString(3, checkpoint.note());
                statement.setBytes(4, range);
                return statement.executeUpdate() == 1;
            }
        });
        if (!kept && !checkpoint.note().equals(note(checkpoint))) {
            throw new ReceiptStoreException(
                    "Receipt log " + checkpoint.log() + " has another checkpoint of size " + checkpoint.size(), null);
        }
    }

    private String note(Checkpoint checkpoint) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(this.one)) {
                query.setString(1, checkpoint.log());
                query.setLong(2, checkpoint.size());
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? read(row).note() : "";
                }
            }
        });
    }

    @Override
    public Optional<Saved> newest(String log) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(this.newest)) {
                query.setString(1, ColumnText.of(log));
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
            List<Checkpoint> found = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(this.page)) {
                query.setString(1, ColumnText.of(log));
                query.setLong(2, fromSize);
                query.setInt(3, limit);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(read(rows));
                    }
                }
            }
            return found;
        });
    }

    private static Checkpoint read(ResultSet row) throws SQLException {
        return Checkpoint.stored(
                row.getString("log"), row.getLong("size"), Objects.requireNonNullElse(row.getString("note"), ""));
    }
}
