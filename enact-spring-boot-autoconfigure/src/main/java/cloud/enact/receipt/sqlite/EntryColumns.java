package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Fills the columns that an earlier version of the tables did not have, from the bytes of the entries. */
final class EntryColumns {

    private static final Log logger = LogFactory.getLog(EntryColumns.class);

    private EntryColumns() {}

    /**
     * Goes through all entries, once in the life of a file.
     *
     * @param connection in a transaction that may write, without the trigger that refuses updates
     */
    static void fill(Connection connection) throws SQLException {
        long filled = 0;
        // one query per entry: what a query runs over must not change under it
        try (PreparedStatement page = connection.prepareStatement("SELECT id, log, seq, ts, "
                        + EntryRow.bounded("entry") + " FROM receipt_entry WHERE id > ? ORDER BY id LIMIT 1");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE receipt_entry SET system = ?, workflow = ?, mode = ? WHERE id = ?");
                PreparedStatement objection =
                        connection.prepareStatement("INSERT OR IGNORE INTO receipt_objection VALUES (?, ?, ?)")) {
            for (long id = Long.MIN_VALUE; ; ) {
                Receipt receipt;
                long micros;
                page.setLong(1, id);
                try (ResultSet row = page.executeQuery()) {
                    if (!row.next()) {
                        break;
                    }
                    id = row.getLong(1);
                    micros = row.getLong(4);
                    byte[] bytes = row.getBytes(5);
                    receipt = Receipt.stored(
                            String.valueOf(row.getString(2)), row.getLong(3), (bytes != null) ? bytes : new byte[0]);
                }
                update.setString(1, receipt.system());
                update.setString(2, receipt.workflow());
                update.setObject(3, EntryRow.text(receipt.mode()), Types.VARCHAR);
                update.setLong(4, id);
                update.executeUpdate();
                for (String policy : receipt.objectors()) {
                    objection.setString(1, policy);
                    objection.setLong(2, micros);
                    objection.setLong(3, id);
                    objection.executeUpdate();
                }
                filled++;
            }
        }
        if (filled > 0) {
            logger.info("The receipt store was written by an older version: " + filled + " receipts are searchable by"
                    + " system, workflow, mode and policy now");
        }
    }
}
