package cloud.enact.undo.sqlite;

import cloud.enact.undo.UndoLogException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The file, its rights, its tables and its connections. */
final class UndoDatabase {

    private static final String COMPONENT = "undo";

    private static final int VERSION = 1;

    private static final int BUSY_MILLIS = 10_000;

    private final Path file;

    private UndoDatabase(Path file) {
        this.file = file;
    }

    static UndoDatabase prepare(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.toString().indexOf('?') >= 0) {
            // the driver reads what follows as settings
            throw new IllegalArgumentException("The path of the undo log must not contain a question mark");
        }
        try {
            ownerOnly(absolute);
        } catch (IOException ex) {
            throw new UndoLogException(
                    "The undo log's file can't be made or protected: check the directory and its rights", ex);
        }
        UndoDatabase database = new UndoDatabase(absolute);
        try (Connection connection = database.connect("FULL")) {
            database.inTransaction(connection, UndoDatabase::createTables);
        } catch (SQLException ex) {
            throw new UndoLogException("The undo log's file can't be closed after it was prepared", ex);
        }
        return database;
    }

    /**
     * Opens a connection.
     *
     * @param synchronous {@code FULL}: a commit is on disk when it returns; {@code NORMAL}: with the next such commit
     */
    Connection connect(String synchronous) {
        Connection connection = null;
        try {
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
            int version = 0;
            try (ResultSet rows =
                    statement.executeQuery("SELECT version FROM enact_schema WHERE component = '" + COMPONENT + "'")) {
                if (rows.next()) {
                    version = rows.getInt(1);
                }
            }
            if (version > VERSION) {
                throw new UndoLogException(
                        "The undo log was written by a newer version of Enact (schema " + version
                                + ", this one knows " + VERSION
                                + "): upgrade Enact, or configure another file for this version",
                        null);
            }
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

    /** SQLite gives its side files the rights of the main one. */
    private static void ownerOnly(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path directory = file.getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Path above = directory.getParent();
            if (above != null) {
                if (posix) {
                    Files.createDirectories(
                            above, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectories(above);
                }
            }
            if (posix) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        }
        if (!posix) {
            return;
        }
        var mode = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
        } catch (FileAlreadyExistsException ex) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("The undo log must be a regular file, not a link or directory");
            }
            Files.setPosixFilePermissions(file, mode);
        }
    }

    /** What happens inside a transaction. */
    @FunctionalInterface
    interface Work {

        void run(Connection connection) throws SQLException;
    }
}
