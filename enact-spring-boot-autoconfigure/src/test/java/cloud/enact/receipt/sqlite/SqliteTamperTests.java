package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.TamperContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes the file past the store. */
class SqliteTamperTests extends TamperContract {

    @TempDir
    private Path folder;

    private SqliteReceiptStore store;

    @Override
    protected ReceiptStore store() {
        if (this.store == null) {
            this.store = SqliteReceiptStore.open(this.folder.resolve("receipts.db"));
        }
        return this.store;
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.store.file());
        try (Statement statement = connection.createStatement()) {
            List<String> triggers = new ArrayList<>();
            try (ResultSet names = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'trigger'")) {
                while (names.next()) {
                    triggers.add(names.getString(1));
                }
            }
            for (String trigger : triggers) {
                statement.execute("DROP TRIGGER " + trigger);
            }
        }
        return connection;
    }

    @Override
    protected void replace(long seq, byte[] entry) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE receipt_entry SET entry = ? WHERE seq = ?")) {
            update.setBytes(1, entry);
            update.setLong(2, seq);
            update.executeUpdate();
        }
        alignColumns(seq, entry);
    }

    /** A careful forger makes the columns beside the entry fit it. */
    private void alignColumns(long seq, byte[] entry) throws SQLException {
        Receipt receipt = Receipt.stored(LOG, seq, entry);
        try (Connection connection = connect();
                PreparedStatement update = connection.prepareStatement("UPDATE receipt_entry SET run_id = ?,"
                        + " action_id = ?, kind = ?, action = ?, actor = ?, decision = ? WHERE seq = ?")) {
            update.setString(1, receipt.runId().toString());
            update.setString(2, receipt.actionId().toString());
            update.setString(3, receipt.kind().name());
            update.setString(4, receipt.action());
            update.setString(5, receipt.actor());
            update.setString(6, receipt.decision());
            update.setLong(7, seq);
            update.executeUpdate();
        }
    }

    @Override
    protected void remove(long fromSeq, long toSeq) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM receipt_entry WHERE seq BETWEEN ? AND ?")) {
            delete.setLong(1, fromSeq);
            delete.setLong(2, toSeq);
            delete.executeUpdate();
        }
    }

    @Override
    protected void insert(long seq, byte[] entry) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("SELECT name FROM pragma_table_info('receipt_entry')")) {
            while (names.next()) {
                columns.add(names.getString(1));
            }
        }
        String others = String.join(
                ", ",
                columns.stream()
                        .filter(name -> !List.of("id", "seq").contains(name))
                        .toList());
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO receipt_entry (id, seq, " + others
                        + ") SELECT (SELECT max(id) + 1 FROM receipt_entry), ?, " + others
                        + " FROM receipt_entry WHERE seq = 1")) {
            insert.setLong(1, seq);
            insert.executeUpdate();
        }
        replace(seq, entry);
    }
}
