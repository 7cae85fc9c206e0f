package cloud.enact.undo.sqlite;

import cloud.enact.undo.OwnerOnly;
import cloud.enact.undo.UndoLogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** The file, its rights, its tables and its connections. */
final class UndoDatabase {

    private static final String COMPONENT = "undo";

    private static final int VERSION = 1;

    private static final int BUSY_MILLIS = 10_000;

    private final Path file;

    private final boolean readOnly;

    private final RunClaims claims;

    private boolean empty;

    private UndoDatabase(Path file, boolean readOnly) {
        this.file = file;
        this.readOnly = readOnly;
        this.claims = new RunClaims(file);
    }

    static UndoDatabase prepare(Path file) {
        Path absolute = checked(file);
        try {
            ownerOnly(absolute);
        } catch (IOException ex) {
            throw new UndoLogException(
                    "The undo log's file can't be made or protected: check the directory and its rights", ex);
        }
        UndoDatabase database = new UndoDatabase(absolute, false);
        try (Connection connection = database.connect("FULL")) {
            database.inTransaction(connection, UndoDatabase::createTables);
        } catch (SQLException ex) {
            throw new UndoLogException("The undo log's file can't be closed after it was prepared", ex);
        }
        return database;
    }

    /** A file that is there, for reading: nothing is made or changed. */
    static UndoDatabase existing(Path file) {
        Path absolute = checked(file);
        if (!Files.isRegularFile(absolute)) {
            throw new UndoLogException("There is no undo log to read: check the name of the file", null);
        }
        UndoDatabase database = new UndoDatabase(absolute, true);
        try (Connection connection = database.connect("NORMAL");
                Statement statement = connection.createStatement()) {
            database.empty = !has(statement, "enact_schema") || !has(statement, "undo_begun");
            if (!database.empty) {
                requireKnown(version(statement));
            }
        } catch (SQLException ex) {
            throw new UndoLogException("The undo log can't be read: check the file and the rights of its folder", ex);
        }
        return database;
    }

    private static Path checked(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.toString().indexOf('?') >= 0) {
            // the driver reads what follows as settings
            throw new IllegalArgumentException("The path of the undo log must not contain a question mark");
        }
        return absolute;
    }

    private static boolean has(Statement statement, String table) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" + table + "'")) {
            return rows.next();
        }
    }

    RunClaims claims() {
        if (this.readOnly) {
            throw new UndoLogException("The undo log was opened for reading only", null);
        }
        return this.claims;
    }

    /** Whether the file was opened for reading and has no tables of an undo log. */
    boolean isEmpty() {
        return this.empty;
    }

    /**
     * Opens a connection.
     *
     * @param synchronous {@code FULL}: a commit is on disk when it returns; {@code NORMAL}: with the next such commit
     */
    Connection connect(String synchronous) {
        Connection connection = null;
        try {
            if (this.readOnly) {
                SQLiteConfig config = new SQLiteConfig();
                config.setReadOnly(true);
                config.setBusyTimeout(BUSY_MILLIS);
                return config.createConnection(isFrozen() ? frozenUrl() : "jdbc:sqlite:" + this.file);
            }
            connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = " + synchronous);
            }
            return connection;
        } catch (SQLException ex) {
            if (connection != null) {
                try {
                    connection.close();
                } catch (SQLException closing) {
                    ex.addSuppressed(closing);
                }
            }
            throw new UndoLogException(
                    "The undo log's file can't be opened: it must be an SQLite database on a local disk", ex);
        }
    }

    /** Whether SQLite must do without the files it shares among processes, because it could not make them. */
    private boolean isFrozen() {
        Path name = this.file.getFileName();
        return !Files.isWritable(this.file.resolveSibling("."))
                && !Files.exists(this.file.resolveSibling(name + "-wal"))
                && !Files.exists(this.file.resolveSibling(name + "-shm"));
    }

    private String frozenUrl() {
        return "jdbc:sqlite:" + this.file.toUri().toString().replaceFirst("^file:///", "file:/") + "?immutable=1";
    }

    /** Runs work in a transaction that takes the write lock at once, so that it never has to be started over. */
    void inTransaction(Connection connection, Work work) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                work.run(connection);
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException | Error ex) {
                rollback(statement, ex);
                throw ex;
            }
        } catch (SQLException ex) {
            throw new UndoLogException("The undo log can't be written, so the step is not done", ex);
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

    private static void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS enact_schema"
                    + " (component TEXT PRIMARY KEY, version INTEGER NOT NULL)");
            int version = version(statement);
            requireKnown(version);
            if (version == VERSION) {
                return;
            }
            statement.execute("CREATE TABLE undo_begun (position INTEGER PRIMARY KEY AUTOINCREMENT,"
                    + " run_id TEXT NOT NULL, document BLOB NOT NULL, seal TEXT NOT NULL)");
            statement.execute("CREATE INDEX undo_begun_run ON undo_begun (run_id, position)");
            statement.execute("CREATE TABLE undo_ended (position INTEGER PRIMARY KEY,"
                    + " document BLOB NOT NULL, seal TEXT NOT NULL)");
            statement.execute(
                    "INSERT INTO enact_schema (component, version) VALUES ('" + COMPONENT + "', " + VERSION + ")");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT version FROM enact_schema WHERE component = '" + COMPONENT + "'")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static void requireKnown(int version) {
        if (version > VERSION) {
            throw new UndoLogException(
                    "The undo log was written by a newer version of Enact (schema " + version
                            + ", this one knows " + VERSION
                            + "): upgrade Enact, or configure another file for this version",
                    null);
        }
    }

    /** SQLite gives its side files the rights of the main one. */
    private static void ownerOnly(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            OwnerOnly.createDirectories(directory);
        }
        OwnerOnly.createFile(file);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("The undo log must be a regular file, not a link or directory");
        }
        OwnerOnly.restrictFile(file);
    }

    /** What happens inside a transaction. */
    @FunctionalInterface
    interface Work {

        void run(Connection connection) throws SQLException;
    }
}
