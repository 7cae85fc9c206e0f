package cloud.enact.encryption.sqlite;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.WrappedKey;
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
 * Wrapped keys in a SQLite file of their own, readable for its owner only, so that receipts can be kept and backed up
 * longer than the keys to them. Several processes may open the same file. Thread-safe.
 */
public final class SqliteKeyTable implements KeyTable, AutoCloseable {

    private static final String COLUMNS = "SELECT kid, subject, master, wrapped FROM encryption_key";

    private final KeyFile file;

    private SqliteKeyTable(KeyFile file) {
        this.file = file;
    }

    /**
     * Opens the file, and makes it and missing folders for the owner alone.
     *
     * @throws EncryptionException when it can't be opened, or was written by a newer version
     */
    public static SqliteKeyTable open(Path file) {
        return new SqliteKeyTable(KeyFile.prepare(file));
    }

    @Override
    public Optional<WrappedKey> find(String kid) {
        return this.file.with(connection -> find(connection, kid));
    }

    @Override
    public Optional<WrappedKey> findBySubject(byte[] subject) {
        return this.file.with(connection -> findBySubject(connection, subject));
    }

    private static Optional<WrappedKey> find(Connection connection, String kid) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + " WHERE kid = ?")) {
            query.setString(1, kid);
            return rows(query).stream().findFirst();
        }
    }

    private static Optional<WrappedKey> findBySubject(Connection connection, byte[] subject) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + " WHERE subject = ?")) {
            query.setBytes(1, subject);
            return rows(query).stream().findFirst();
        }
    }

    private static List<WrappedKey> rows(PreparedStatement query) throws SQLException {
        List<WrappedKey> keys = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                keys.add(new WrappedKey(rows.getString(1), rows.getBytes(2), rows.getString(3), rows.getBytes(4)));
            }
        }
        return keys;
    }

    @Override
    public WrappedKey putIfAbsent(WrappedKey key) {
        return this.file.write(connection -> {
            Optional<WrappedKey> known = find(connection, key.kid());
            if (known.isEmpty() && key.subject() != null) {
                known = findBySubject(connection, key.subject());
            }
            if (known.isEmpty()) {
                try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO encryption_key (kid, subject, master, wrapped) VALUES (?, ?, ?, ?)")) {
                    insert.setString(1, key.kid());
                    insert.setBytes(2, key.subject());
                    insert.setString(3, key.master());
                    insert.setBytes(4, key.wrapped());
                    insert.executeUpdate();
                }
            }
            return known.orElse(key);
        });
    }

    @Override
    public void rewrap(WrappedKey key) {
        this.file.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE encryption_key SET master = ?, wrapped = ? WHERE kid = ? AND wrapped IS NOT NULL")) {
                update.setString(1, key.master());
                update.setBytes(2, key.wrapped());
                update.setString(3, key.kid());
                return update.executeUpdate();
            }
        });
    }

    /**
     * Erases a key: its bytes are overwritten in the file, and what the write-ahead log held of it is cut off.
     *
     * @throws EncryptionException when it could not be erased, or a copy may be left because another process reads
     */
    @Override
    public boolean erase(String kid) {
        boolean known = this.file.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE encryption_key SET subject = NULL, master = NULL, wrapped = NULL WHERE kid = ?")) {
                update.setString(1, kid);
                return update.executeUpdate() > 0;
            }
        });
        this.file.forgetHistory();
        return known;
    }

    @Override
    public List<WrappedKey> wrappedByOthers(String master, @Nullable String after, int limit) {
        return this.file.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    COLUMNS + " WHERE wrapped IS NOT NULL AND master <> ? AND kid > ? ORDER BY kid LIMIT ?")) {
                query.setString(1, master);
                query.setString(2, (after != null) ? after : "");
                query.setInt(3, limit);
                return rows(query);
            }
        });
    }

    @Override
    public boolean isEmpty() {
        return this.file.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement(COLUMNS + " LIMIT 1")) {
                return rows(query).isEmpty();
            }
        });
    }

    /** Closes the file. */
    @Override
    public void close() {
        this.file.close();
    }
}
