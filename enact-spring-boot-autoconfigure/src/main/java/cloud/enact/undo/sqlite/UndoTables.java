package cloud.enact.undo.sqlite;

import cloud.enact.sqlite.Component;
import cloud.enact.sqlite.DatabaseFile;
import cloud.enact.sqlite.Failures;
import cloud.enact.sqlite.Writer;
import cloud.enact.undo.UndoLogException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** The tables of the undo log, and the file they are in. */
final class UndoTables {

    static final Failures<UndoLogException> FAILURES = new Failures<>("undo log", UndoLogException::new);

    private static final Component COMPONENT = new Component("undo", 1);

    private UndoTables() {}

    /** The file, with the tables in it. */
    static DatabaseFile prepare(Path file) {
        if (file.toString().indexOf('?') >= 0) {
            // the driver reads what follows as settings
            throw new IllegalArgumentException("The path of the undo log must not contain a question mark");
        }
        DatabaseFile prepared = DatabaseFile.prepare(file, DatabaseFile.Use.WRITING, FAILURES);
        try (Writer writer = new Writer(prepared, SynchronousMode.FULL, FAILURES)) {
            writer.write(UndoTables::make);
        }
        return prepared;
    }

    private static boolean make(Connection connection) throws SQLException {
        if (COMPONENT.prepare(connection, FAILURES) > 0) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE undo_begun (position INTEGER PRIMARY KEY AUTOINCREMENT,"
                    + " run_id TEXT NOT NULL, document BLOB NOT NULL, seal TEXT NOT NULL)");
            statement.execute("CREATE INDEX undo_begun_run ON undo_begun (run_id, position)");
            statement.execute("CREATE TABLE undo_ended (position INTEGER PRIMARY KEY,"
                    + " document BLOB NOT NULL, seal TEXT NOT NULL)");
        }
        COMPONENT.note(connection);
        return true;
    }

    /**
     * Whether the tables are there.
     *
     * @throws UndoLogException when a newer version of Enact made them
     */
    static boolean areThere(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM sqlite_master"
                        + " WHERE type = 'table' AND name IN ('enact_schema', 'undo_begun')");
                ResultSet row = query.executeQuery()) {
            if (!row.next() || row.getInt(1) != 2) {
                return false;
            }
        }
        COMPONENT.known(connection, FAILURES);
        return true;
    }
}
