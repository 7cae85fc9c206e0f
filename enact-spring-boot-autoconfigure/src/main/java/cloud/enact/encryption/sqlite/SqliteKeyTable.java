package cloud.enact.encryption.sqlite;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.WrappedKey;
import cloud.enact.sqlite.Component;
import cloud.enact.sqlite.Connections;
import cloud.enact.sqlite.DatabaseFile;
import cloud.enact.sqlite.Failures;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

    private static final Component COMPONENT = new Component("encryption", 1);

    private static final Failures<EncryptionException> FAILURES = new Failures<>("key table", EncryptionException::new);

    private final Connections connections;

    private SqliteKeyTable(DatabaseFile file) {
        this.connections = new Connections(file);
    }

    /**
     * Opens the file, and makes it and missing folders for the owner alone.
     *
     * @throws EncryptionException when it can't be opened, or was written by a newer version
     */
    public static SqliteKeyTable open(Path file) {
        SqliteKeyTable table = new SqliteKeyTable(DatabaseFile.prepare(file, DatabaseFile.Use.ERASING, FAILURES));
        try {
            table.connections.write(SqliteKeyTable::makeTable);
            return table;
        } catch (RuntimeException ex) {
            table.close();
            throw ex;
        }
    }

    private static boolean makeTable(Connection connection) throws SQLException {
        if (COMPONENT.prepare(connection, FAILURES) > 0) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE encryption_key (kid TEXT PRIMARY KEY, subject BLOB UNIQUE,"
                    + " master TEXT, wrapped BLOB)");
        }
        COMPONENT.note(connection);
        return true;
    }

    @Override
    public Optional<WrappedKey> find(String kid) {
        return this.connections.read(connection -> find(connection, kid));
    }

    @Override
    public Optional<WrappedKey> findBySubject(byte[] subject) {
        return this.connections.read(connection -> findBySubject(connection, subject));
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
        return this.connections.write(connection -> {
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
        this.connections.write(connection -> {
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
        boolean known = this.connections.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE encryption_key SET subject = NULL, master = NULL, wrapped = NULL WHERE kid = ?")) {
                update.setString(1, kid);
                return update.executeUpdate() > 0;
            }
        });
        if (!this.connections.forgetHistory()) {
            throw new EncryptionException(
                    "The key is dropped, but the write-ahead log may still hold a copy of it, because another process"
                            + " reads the key table. Drop it again by its id",
                    null);
        }
        return known;
    }

    @Override
    public List<WrappedKey> wrappedByOthers(String master, @Nullable String after, int limit) {
        return this.connections.read(connection -> {
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
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(COLUMNS + " LIMIT 1")) {
                return rows(query).isEmpty();
            }
        });
    }

    /** Closes the file. */
    @Override
    public void close() {
        this.connections.close();
    }
}
