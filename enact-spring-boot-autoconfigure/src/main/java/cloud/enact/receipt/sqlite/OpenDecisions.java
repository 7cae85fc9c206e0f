package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The list of decisions that are still open. It is a help for finding them and is not signed, so it is checked against
 * the entries when the store is opened: a decision that somebody took off the list comes back to it.
 */
final class OpenDecisions {

    private static final Log logger = LogFactory.getLog(OpenDecisions.class);

    /** The newest entries that are looked at: an application must start as fast with a large store as with a small one. */
    static final int NEWEST = 20_000;

    private OpenDecisions() {}

    /**
     * Puts the open decisions among the newest entries on the list.
     *
     * @param connection in a transaction that may write
     */
    static void restore(Connection connection) throws SQLException {
        int restored = 0;
        for (Decision decision : unsettled(connection)) {
            restored += restore(connection, decision);
        }
        if (restored > 0) {
            logger.warn(restored + ((restored == 1) ? " decision" : " decisions")
                    + " without an outcome had been taken off the list of the receipt store that finds runs in doubt,"
                    + " and now stand there again. Somebody changed the file: verify the receipts");
        }
    }

    private record Decision(String actionId, long micros, long entryId) {}

    private static Collection<Decision> unsettled(Connection connection) throws SQLException {
        Set<String> settled = new HashSet<>();
        Map<String, Decision> unsettled = new HashMap<>();
        // only of a decision that did not pass the bytes are needed, to see whether it stopped anything
        try (PreparedStatement query = connection.prepareStatement("SELECT id, log, seq, kind, action_id, ts,"
                + " CASE WHEN kind = 'DECIDED' AND decision IS NOT 'PASS' THEN " + EntryRow.bounded("entry")
                + " END FROM receipt_entry ORDER BY id DESC LIMIT " + NEWEST)) {
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    // an outcome is stored after its decision, so it comes first here
                    String actionId = rows.getString(5);
                    if (settles(rows.getString(4))) {
                        settled.add(actionId);
                    } else if (letsRun(rows) && !settled.contains(actionId)) {
                        unsettled.put(actionId, new Decision(actionId, rows.getLong(6), rows.getLong(1)));
                    }
                }
            }
        }
        return unsettled.values();
    }

    private static boolean letsRun(ResultSet row) throws SQLException {
        if (!ReceiptKind.DECIDED.name().equals(row.getString(4))) {
            return false;
        }
        byte[] bytes = row.getBytes(7);
        return bytes == null
                || Receipt.stored(row.getString(2), row.getLong(3), bytes).letsRun();
    }

    private static boolean settles(String kind) {
        for (ReceiptKind each : ReceiptKind.values()) {
            if (each.settles() && each.name().equals(kind)) {
                return true;
            }
        }
        return false;
    }

    private static int restore(Connection connection, Decision decision) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR IGNORE INTO receipt_open VALUES (?, ?, ?)")) {
            insert.setString(1, decision.actionId());
            insert.setLong(2, decision.micros());
            insert.setLong(3, decision.entryId());
            return insert.executeUpdate();
        }
    }
}
