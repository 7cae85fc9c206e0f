package cloud.enact.encryption.sqlite;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.undo.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/** The file of a key table, its rights, its one table and its connection. Thread-safe. */
final class KeyFile implements AutoCloseable {

    private static final String COMPONENT = "encryption";

    private static final int VERSION = 1;

    private static final int BUSY_MILLIS = 10_000;

    private final Connection connection;

    /** A look-up takes microseconds, and a key is looked up once a second at most. */
    private final ReentrantLock working = new ReentrantLock();

    private KeyFile(Connection connection) {
        this.connection = connection;
    }

    /** Something done with the connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    static KeyFile prepare(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || absolute.toString().indexOf('?') >= 0) {
            throw new EncryptionException(
                    "The path of the key table must name a file in a folder, without a question mark", null);
        }
        try {
            OwnerOnly.createDirectories(folder);
            OwnerOnly.createFile(absolute);
            if (!Files.isRegularFile(absolute, LinkOption.NOFOLLOW_LINKS)) {
                throw new EncryptionException("The key table must be a plain file, not a link or directory", null);
            }
            OwnerOnly.restrictFile(absolute);
            KeyFile opened = new KeyFile(connect(absolute));
            opened.write(KeyFile::createTable);
            return opened;
        } catch (IOException ex) {
            throw new EncryptionException(
                    "The key table can't be made or protected: check its folder and the rights of it", ex);
        } catch (SQLException ex) {
            throw failure("opened", ex);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        // what is deleted is overwritten with zeros
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static boolean createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS enact_schema"
                    + " (component TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID");
            int version;
            try (ResultSet rows =
                    statement.executeQuery("SELECT version FROM enact_schema WHERE component = '" + COMPONENT + "'")) {
                version = rows.next() ? rows.getInt(1) : 0;
            }
            if (version > VERSION) {
                throw new EncryptionException(
                        "The key table was written by a newer version of Enact (schema " + version + ", this one knows "
                                + VERSION + "). Start the newer version again",
                        null);
            }
            if (version == 0) {
                statement.execute("CREATE TABLE encryption_key (kid TEXT PRIMARY KEY, subject BLOB UNIQUE,"
                        + " master TEXT, wrapped BLOB)");
                statement.execute("INSERT INTO enact_schema VALUES ('" + COMPONENT + "', " + VERSION + ")");
            }
            return true;
        }
    }

    /** Does the work, which only reads. */
    <T> T with(Work<T> work) {
        this.working.lock();
        try {
            return work.on(this.connection);
        } catch (SQLException ex) {
            throw failure("read", ex);
        } finally {
            this.working.unlock();
        }
    }

    /** Does the work in a transaction, durably, all of it or nothing. */
    <T> T write(Work<T> work) {
        this.working.lock();
        try (Statement statement = this.connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                T result = work.on(this.connection);
                statement.execute("COMMIT");
                return result;
            } catch (SQLException | RuntimeException | Error ex) {
                rollback(statement, ex);
                throw ex;
            }
        } catch (SQLException ex) {
            throw failure("written", ex);
        } finally {
            this.working.unlock();
        }
    }

    private static void rollback(Statement statement, Throwable why) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException ex) {
            // SQLite has rolled back by itself after some errors
            why.addSuppressed(ex);
        }
    }

    /** Brings everything into the main file and cuts the write-ahead log, which holds pages as they were before. */
    void forgetHistory() {
        boolean busy = with(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return !row.next() || row.getInt(1) != 0;
            }
        });
        if (busy) {
            throw new EncryptionException(
                    "The key is dropped, but the write-ahead log may still hold a copy of it, because another process"
                            + " reads the key table. Drop it again by its id",
                    null);
        }
    }

    private static EncryptionException failure(String verb, SQLException cause) {
        return new EncryptionException(
                "The key table can't be " + verb + ": check its file, the disk and the rights of its folder", cause);
    }

    @Override
    public void close() {
        this.working.lock();
        try {
            this.connection.close();
        } catch (SQLException ex) {
            throw failure("closed", ex);
        } finally {
            this.working.unlock();
        }
    }
}
