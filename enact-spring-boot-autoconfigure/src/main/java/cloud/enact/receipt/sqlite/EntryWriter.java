package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.EntryTables;
import cloud.enact.receipt.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Inserts entries, and keeps the list of decisions that are still open. Its statements live as long as the connection
 * that they are for. Not thread-safe.
 */
final class EntryWriter {

    private final Connection connection;

    private final PreparedStatement entry;

    private final PreparedStatement objection;

    private final PreparedStatement open;

    private final PreparedStatement settle;

    EntryWriter(Connection connection) throws SQLException {
        this.connection = connection;
        this.entry = connection.prepareStatement(
                "INSERT INTO receipt_entry (log, seq, kind, run_id, action_id, ts, action, system, workflow, actor,"
                        + " decision, mode, original_run_id, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.objection =
                connection.prepareStatement("INSERT INTO receipt_objection VALUES (?, ?, last_insert_rowid())");
        this.open =
                connection.prepareStatement("INSERT OR IGNORE INTO receipt_open VALUES (?, ?, last_insert_rowid())");
        this.settle = connection.prepareStatement("DELETE FROM receipt_open WHERE action_id = ?");
    }

    boolean isFor(Connection connection) {
        return this.connection == connection;
    }

    void write(Receipt receipt) throws SQLException {
        long micros = EntryTables.micros(receipt.timestamp());
        String actionId = receipt.actionId().toString();
        this.entry.setString(1, receipt.log());
        this.entry.setLong(2, receipt.seq());
        this.entry.setString(3, receipt.kind().name());
        this.entry.setString(4, receipt.runId().toString());
        this.entry.setString(5, actionId);
        this.entry.setLong(6, micros);
        this.entry.setString(7, receipt.action());
        this.entry.setString(8, receipt.system());
        this.entry.setString(9, receipt.workflow());
        this.entry.setString(10, receipt.actor());
        this.entry.setString(11, receipt.decision());
        this.entry.setString(12, EntryRow.text(receipt.mode()));
        this.entry.setString(13, EntryRow.text(receipt.originalRunId()));
        this.entry.setBytes(14, receipt.bytes());
        this.entry.executeUpdate();
        // it may be large, and the next one may come tomorrow
        this.entry.clearParameters();
        for (String policy : receipt.objectors()) {
            this.objection.setString(1, policy);
            this.objection.setLong(2, micros);
            this.objection.executeUpdate();
        }
        if (receipt.letsRun()) {
            this.open.setString(1, actionId);
            this.open.setLong(2, micros);
            this.open.executeUpdate();
        } else if (receipt.kind().settles()) {
            this.settle.setString(1, actionId);
            this.settle.executeUpdate();
        }
    }

    /** Closes its statements, whatever went wrong with them. */
    void close(Throwable reason) {
        for (PreparedStatement statement : List.of(this.entry, this.objection, this.open, this.settle)) {
            try {
                statement.close();
            } catch (SQLException ex) {
                reason.addSuppressed(ex);
            }
        }
    }
}
