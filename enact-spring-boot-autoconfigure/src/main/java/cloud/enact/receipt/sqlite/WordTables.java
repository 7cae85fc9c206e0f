package cloud.enact.receipt.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of {@link SqliteWordIndex}, in one version: those of another are thrown away. */
final class WordTables {

    private static final int VERSION = 1;

    private static final List<String> NAMES = List.of("search_place", "search_entry", "search_word");

    private static final List<String> TABLES = List.of(
            "CREATE TABLE search_place (log TEXT PRIMARY KEY, seq INTEGER NOT NULL, ts INTEGER NOT NULL,"
                    + " signature TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE search_entry (id INTEGER PRIMARY KEY, log TEXT NOT NULL, seq INTEGER NOT NULL,"
                    + " ts INTEGER NOT NULL, UNIQUE (log, seq))",
            // neither the text nor places in it: the words are all that is asked for
            "CREATE VIRTUAL TABLE search_word USING fts5"
                    + " (words, content = '', columnsize = 0, detail = none, tokenize = 'ascii')");

    private WordTables() {}

    /** Whether the file has the tables, of this version. */
    static boolean areThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() && row.getInt(1) == VERSION;
        }
    }

    /** Makes them, empty, in the place of any that are there. */
    static void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String name : NAMES) {
                statement.execute("DROP TABLE IF EXISTS " + name);
            }
            for (String table : TABLES) {
                statement.execute(table);
            }
            statement.execute("PRAGMA user_version = " + VERSION);
        }
    }
}
