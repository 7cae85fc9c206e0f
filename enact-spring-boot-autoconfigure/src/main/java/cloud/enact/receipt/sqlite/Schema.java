package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.sqlite.Component;
import cloud.enact.sqlite.Failures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of the embedded store. The bytes of an entry are what counts; the columns beside them only help to find
 * it, and are checked against the bytes whenever it is read.
 */
final class Schema {

    private static final Component COMPONENT = new Component("receipt", 3);

    /** What makes the columns findable; an upgrade makes it last. */
    private static final List<String> INDEXES = List.of(
            // every index ends in the id, which keeps pages stable among entries of the same microsecond
            "CREATE INDEX receipt_entry_run ON receipt_entry (run_id, ts)",
            "CREATE INDEX receipt_entry_system ON receipt_entry (system, ts)",
            "CREATE INDEX receipt_entry_workflow ON receipt_entry (workflow, ts) WHERE workflow IS NOT NULL",
            "CREATE INDEX receipt_entry_mode ON receipt_entry (mode, ts) WHERE mode IS NOT NULL");

    private static final String OBJECTIONS = "CREATE TABLE receipt_objection ("
            + "policy TEXT NOT NULL, ts INTEGER NOT NULL, entry_id INTEGER NOT NULL,"
            + " PRIMARY KEY (policy, ts, entry_id)) WITHOUT ROWID";

    private static final String NO_UPDATE = refuse("receipt_entry", "UPDATE", "update", "");

    private static final List<String> CHECKPOINTS = List.of(
            "CREATE TABLE receipt_checkpoint ("
                    + "log TEXT NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL, edge BLOB NOT NULL,"
                    + " PRIMARY KEY (log, size)) WITHOUT ROWID",
            refuse("receipt_checkpoint", "UPDATE", "update", ""),
            refuse("receipt_checkpoint", "DELETE", "delete", ""),
            refuse(
                    "receipt_checkpoint",
                    "INSERT",
                    "replace",
                    " WHEN EXISTS (SELECT 1 FROM receipt_checkpoint WHERE log = NEW.log AND size = NEW.size)"));

    private static final List<String> ENTRIES = List.of(
            "CREATE TABLE receipt_log (log TEXT PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE receipt_entry ("
                    + "id INTEGER PRIMARY KEY, log TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL,"
                    + " run_id TEXT NOT NULL, action_id TEXT NOT NULL, ts INTEGER NOT NULL, action TEXT NOT NULL,"
                    + " system TEXT, workflow TEXT, actor TEXT NOT NULL, decision TEXT, mode TEXT,"
                    + " original_run_id TEXT, entry BLOB NOT NULL, UNIQUE (log, seq))",
            "CREATE INDEX receipt_entry_time ON receipt_entry (ts)",
            "CREATE INDEX receipt_entry_action ON receipt_entry (action, ts)",
            "CREATE INDEX receipt_entry_actor ON receipt_entry (actor, ts)",
            "CREATE INDEX receipt_entry_decision ON receipt_entry (decision, ts)",
            "CREATE INDEX receipt_entry_kind ON receipt_entry (kind, ts)",
            "CREATE INDEX receipt_entry_original_run ON receipt_entry (original_run_id, ts)"
                    + " WHERE original_run_id IS NOT NULL",
            "CREATE TABLE receipt_open ("
                    + "action_id TEXT PRIMARY KEY, ts INTEGER NOT NULL, entry_id INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE INDEX receipt_open_time ON receipt_open (ts, entry_id)",
            OBJECTIONS,
            NO_UPDATE,
            refuse("receipt_entry", "DELETE", "delete", ""),
            // INSERT OR REPLACE deletes without asking the trigger for deletes
            refuse(
                    "receipt_entry",
                    "INSERT",
                    "replace",
                    " WHEN EXISTS (SELECT 1 FROM receipt_entry WHERE log = NEW.log AND seq = NEW.seq)"
                            + " OR EXISTS (SELECT 1 FROM receipt_entry WHERE id = NEW.id)"));

    private Schema() {}

    private static String refuse(String table, String event, String name, String when) {
        return "CREATE TRIGGER " + table + "_no_" + name + " BEFORE " + event + " ON " + table + " FOR EACH ROW" + when
                + " BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END";
    }

    /**
     * Makes the tables, or what an earlier version did not make, or checks that they are of this version.
     *
     * @param connection in a transaction that may write
     * @throws ReceiptStoreException when a newer version made them
     */
    static void prepare(Connection connection, Failures<?> failures) throws SQLException {
        int made = COMPONENT.prepare(connection, failures);
        try (Statement statement = connection.createStatement()) {
            if (made < 1) {
                execute(statement, ENTRIES);
                execute(statement, INDEXES);
            } else if (made < 3) {
                addColumns(connection, statement);
            }
            if (made < 2) {
                execute(statement, CHECKPOINTS);
            }
        }
        if (made < COMPONENT.version()) {
            COMPONENT.note(connection);
        }
    }

    private static void execute(Statement statement, List<String> statements) throws SQLException {
        for (String sql : statements) {
            statement.execute(sql);
        }
    }

    /** Versions 1 and 2 could not be searched by system, workflow, mode or policy. */
    private static void addColumns(Connection connection, Statement statement) throws SQLException {
        execute(
                statement,
                List.of(
                        "DROP TRIGGER IF EXISTS receipt_entry_no_update",
                        "DROP INDEX IF EXISTS receipt_entry_run",
                        "ALTER TABLE receipt_entry ADD COLUMN system TEXT",
                        "ALTER TABLE receipt_entry ADD COLUMN workflow TEXT",
                        "ALTER TABLE receipt_entry ADD COLUMN mode TEXT",
                        OBJECTIONS));
        EntryColumns.fill(connection);
        execute(statement, INDEXES);
        statement.execute(NO_UPDATE);
    }

    /**
     * Checks that the tables are there, and of a version that can be read.
     *
     * @throws ReceiptStoreException when they are not
     */
    static void require(Connection connection, Failures<?> failures) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT count(*) FROM sqlite_master WHERE name IN ('enact_schema', 'receipt_entry')");
                ResultSet row = query.executeQuery()) {
            if (!row.next() || row.getInt(1) != 2) {
                throw new ReceiptStoreException("The file holds no receipts; name the file of a receipt store", null);
            }
        }
        COMPONENT.known(connection, failures);
    }

    /** Whether entries have columns for system, workflow and mode: not in a file of an earlier version that is only read. */
    static boolean hasAllColumns(Connection connection) throws SQLException {
        return COMPONENT.made(connection) >= 3;
    }

    /** Whether there is a table for checkpoints: a file of an earlier version, opened for reading, has none. */
    static boolean hasCheckpoints(Connection connection) throws SQLException {
        return COMPONENT.made(connection) >= 2;
    }
}
