package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Inserts entries, and keeps the list of decisions that are still open. For one transaction. */
final class EntryWriter implements AutoCloseable {

    private final PreparedStatement entry;

    private final PreparedStatement open;

    private final PreparedStatement settle;

    EntryWriter(Connection connection) throws SQLException {
        this.entry = connection.prepareStatement(
                "INSERT INTO receipt_entry (log, seq, kind, run_id, action_id, ts, action, actor, decision,"
                        + " original_run_id, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.open =
                connection.prepareStatement("INSERT OR IGNORE INTO receipt_open VALUES (?, ?, last_insert_rowid())");
        this.settle = connection.prepareStatement("DELETE FROM receipt_open WHERE action_id = ?");
    }

    void write(Receipt receipt) throws SQLException {
        long micros = EntryRow.micros(receipt.timestamp());
        String actionId = receipt.actionId().toString();
        this.entry.setString(1, receipt.log());
        this.entry.setLong(2, receipt.seq());
        this.entry.setString(3, receipt.kind().name());
        this.entry.setString(4, receipt.runId().toString());
        this.entry.setString(5, actionId);
        this.entry.setLong(6, micros);
        this.entry.setString(7, receipt.action());
        this.entry.setString(8, receipt.actor());
        this.entry.setString(9, receipt.decision());
        this.entry.setString(10, EntryRow.text(receipt.originalRunId()));
        this.entry.setBytes(11, receipt.bytes());
        this.entry.executeUpdate();
        if (receipt.letsRun()) {
            this.open.setString(1, actionId);
            this.open.setLong(2, micros);
            this.open.executeUpdate();
        } else if (receipt.kind().settles()) {
            this.settle.setString(1, actionId);
            this.settle.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        try (this.entry;
                this.open;
                this.settle) {
            // closes all three, whatever the others throw
        }
    }
}
