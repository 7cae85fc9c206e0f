package cloud.enact.undo.sqlite;

import cloud.enact.sqlite.Connections;
import cloud.enact.sqlite.DatabaseFile;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.UndoLogException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency keys in a SQLite file, which may be the file of the undo log. Several processes may share it. Of a key
 * only its digest is kept, because a key may be about a person.
 */
public final class SqliteIdempotencyKeys implements IdempotencyKeys, AutoCloseable {

    private final Connections connections;

    private SqliteIdempotencyKeys(DatabaseFile file) {
        this.connections = new Connections(file);
    }

    /**
     * Opens the keys, making the file and its tables when they are not there. The file is readable by its owner only.
     *
     * @param file the database file
     * @throws UndoLogException when the file can't be used, or was written by a newer version
     */
    public static SqliteIdempotencyKeys open(Path file) {
        SqliteIdempotencyKeys keys = new SqliteIdempotencyKeys(UndoTables.prepare(file));
        try {
            keys.connections.write(SqliteIdempotencyKeys::createTable);
            return keys;
        } catch (RuntimeException ex) {
            keys.close();
            throw ex;
        }
    }

    @Override
    public Optional<Use> find(String scope, String key) {
        return this.connections.read(connection -> find(connection, IdempotencyKeys.name(scope, key)));
    }

    @Override
    public Optional<Use> take(String scope, String key, String digest, String attempt) {
        String name = IdempotencyKeys.name(scope, key);
        return this.connections.write(connection -> {
            Optional<Use> earlier = find(connection, name);
            if (earlier.isEmpty()) {
                try (PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO idempotency_key (name, digest, attempt, done) VALUES (?, ?, ?, 0)")) {
                    statement.setString(1, name);
                    statement.setString(2, digest);
                    statement.setString(3, attempt);
                    statement.executeUpdate();
                }
            }
            return earlier;
        });
    }

    @Override
    public void done(String scope, String key, String attempt, @Nullable String reference) {
        this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "UPDATE idempotency_key SET done = 1, reference = ? WHERE name = ? AND attempt = ?")) {
                statement.setString(1, reference);
                statement.setString(2, IdempotencyKeys.name(scope, key));
                statement.setString(3, attempt);
                if (statement.executeUpdate() != 1) {
                    throw new UndoLogException("Somebody else has the idempotency key", null);
                }
                return true;
            }
        });
    }

    @Override
    public void giveBack(String scope, String key, String attempt) {
        this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "DELETE FROM idempotency_key WHERE name = ? AND attempt = ? AND done = 0")) {
                statement.setString(1, IdempotencyKeys.name(scope, key));
                statement.setString(2, attempt);
                return statement.executeUpdate();
            }
        });
    }

    /** Closes the file. */
    @Override
    public void close() {
        this.connections.close();
    }

    private static boolean createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("CREATE TABLE IF NOT EXISTS idempotency_key (name TEXT PRIMARY KEY,"
                    + " digest TEXT NOT NULL, attempt TEXT NOT NULL, done INTEGER NOT NULL, reference TEXT)");
        }
    }

    private static Optional<Use> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT digest, attempt, done, reference FROM idempotency_key WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Use(rows.getString(1), rows.getString(2), rows.getInt(3) == 1, rows.getString(4)))
                        : Optional.empty();
            }
        }
    }
}
