package cloud.enact.undo.sqlite;

import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.UndoLogException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency keys in a SQLite file, which may be the file of the undo log. Several processes may share it. Of a key
 * only its digest is kept, because a key may be about a person.
 */
public final class SqliteIdempotencyKeys implements IdempotencyKeys, AutoCloseable {

    private final UndoDatabase database;

    private final Connection connection;

    /** One at a time: SQLite takes no more, and its own waiting is a sleep. */
    private final ReentrantLock working = new ReentrantLock();

    private SqliteIdempotencyKeys(UndoDatabase database) {
        this.database = database;
        this.connection = database.connect("FULL");
        database.inTransaction(this.connection, SqliteIdempotencyKeys::createTable);
    }

    /**
     * Opens the keys, making the file and its tables when they are not there. The file is readable by its owner only.
     *
     * @param file the database file
     * @throws UndoLogException when the file can't be used, or was written by a newer version
     */
    public static SqliteIdempotencyKeys open(Path file) {
        return new SqliteIdempotencyKeys(UndoDatabase.prepare(file));
    }

    @Override
    public Optional<Use> find(String scope, String key) {
        this.working.lock();
        try {
            return find(this.connection, IdempotencyKeys.name(scope, key));
        } catch (SQLException ex) {
            throw new UndoLogException("The idempotency key can't be looked up", ex);
        } finally {
            this.working.unlock();
        }
    }

    @Override
    public Optional<Use> take(String scope, String key, String digest, String attempt) {
        String name = IdempotencyKeys.name(scope, key);
        Found found = new Found();
        inTransaction(connection -> {
            found.use = find(connection, name).orElse(null);
            if (found.use == null) {
                try (PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO idempotency_key (name, digest, attempt, done) VALUES (?, ?, ?, 0)")) {
                    statement.setString(1, name);
                    statement.setString(2, digest);
                    statement.setString(3, attempt);
                    statement.executeUpdate();
                }
            }
        });
        return Optional.ofNullable(found.use);
    }

    @Override
    public void done(String scope, String key, String attempt, @Nullable String reference) {
        inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "UPDATE idempotency_key SET done = 1, reference = ? WHERE name = ? AND attempt = ?")) {
                statement.setString(1, reference);
                statement.setString(2, IdempotencyKeys.name(scope, key));
                statement.setString(3, attempt);
                if (statement.executeUpdate() != 1) {
                    throw new UndoLogException("Somebody else has the idempotency key", null);
                }
            }
        });
    }

    @Override
    public void giveBack(String scope, String key, String attempt) {
        inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "DELETE FROM idempotency_key WHERE name = ? AND attempt = ? AND done = 0")) {
                statement.setString(1, IdempotencyKeys.name(scope, key));
                statement.setString(2, attempt);
                statement.executeUpdate();
            }
        });
    }

    /** Closes the file. */
    @Override
    public void close() {
        this.working.lock();
        try {
            this.connection.close();
        } catch (SQLException ex) {
            throw new UndoLogException("The idempotency keys can't be closed", ex);
        } finally {
            this.working.unlock();
        }
    }

    private void inTransaction(UndoDatabase.Work work) {
        this.working.lock();
        try {
            this.database.inTransaction(this.connection, work);
        } finally {
            this.working.unlock();
        }
    }

    private static void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS idempotency_key (name TEXT PRIMARY KEY,"
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

    /** What a transaction found. */
    private static final class Found {

        private @Nullable Use use;
    }
}
