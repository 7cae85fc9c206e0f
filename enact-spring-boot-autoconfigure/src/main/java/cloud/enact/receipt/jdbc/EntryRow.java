package cloud.enact.receipt.jdbc;

import cloud.enact.action.RunId;
import cloud.enact.receipt.EntryTables;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code receipt_entry}, read.
 *
 * @param receipt the entry
 * @param cursor the key by which the row was found: its bytes may say another time, and lead astray or in circles
 */
record EntryRow(Receipt receipt, ReceiptCursor cursor) {

    /** What a query names to read rows. */
    static final String COLUMNS =
            "log, seq, kind, run_id, action_id, ts, action, actor, decision, original_run_id, " + entry("entry");

    /** The bytes of an entry. What somebody blew up is not brought into memory: it is damaged. */
    static String entry(String column) {
        return "CASE WHEN octet_length(" + column + ") <= " + EntryTables.MAX_BYTES + " THEN " + column
                + " END AS entry";
    }

    /** How many bytes of a row come into memory. */
    static String size(String column) {
        return "CASE WHEN octet_length(" + column + ") <= " + EntryTables.MAX_BYTES + " THEN octet_length(" + column
                + ") ELSE 0 END";
    }

    static @Nullable UUID uuid(@Nullable RunId runId) {
        return (runId != null) ? runId.value() : null;
    }

    /** Trusts the bytes only; a column that says something else is damage, because searches go by columns. */
    static EntryRow of(ResultSet row) throws SQLException {
        String log = row.getString("log");
        long seq = row.getLong("seq");
        byte[] bytes = row.getBytes("entry");
        Receipt receipt = Receipt.stored(log, seq, (bytes != null) ? bytes : new byte[0]);
        if (receipt.damage() == null && !agrees(row, receipt)) {
            receipt = receipt.damaged("the columns of its row say something else than its bytes");
        }
        return new EntryRow(receipt, new ReceiptCursor(EntryTables.instant(row.getLong("ts")), log, seq));
    }

    private static boolean agrees(ResultSet row, Receipt receipt) throws SQLException {
        return receipt.kind().name().equals(row.getString("kind"))
                && receipt.runId().value().equals(row.getObject("run_id"))
                && receipt.actionId().equals(row.getObject("action_id"))
                && EntryTables.micros(receipt.timestamp()) == row.getLong("ts")
                && Objects.equals(ColumnText.of(receipt.action()), row.getString("action"))
                && Objects.equals(ColumnText.of(receipt.actor()), row.getString("actor"))
                && Objects.equals(ColumnText.of(receipt.decision()), row.getString("decision"))
                && Objects.equals(uuid(receipt.originalRunId()), row.getObject("original_run_id"));
    }
}
