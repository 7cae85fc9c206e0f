package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.Sql;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The list of decisions that are still open. It is a help for finding them and is not signed, so it is checked against
 * the entries when the store is opened: a decision that somebody took off the list comes back to it.
 */
final class OpenDecisions {

    private static final Log logger = LogFactory.getLog(OpenDecisions.class);

    /** The newest entries that are looked at: an application must start as fast with a large store as with a small one. */
    private static final int NEWEST = 20_000;

    private final String missing;

    private final String reopen;

    OpenDecisions(Sql sql) {
        // only of a decision that did not pass the bytes are needed, to see whether it stopped anything
        this.missing = sql.of("WITH newest AS MATERIALIZED (SELECT log, seq, stored, kind, action_id, run_id, decision"
                + " FROM enact.receipt_entry ORDER BY ts DESC LIMIT " + NEWEST + ")"
                + " SELECT n.log, n.seq, CASE WHEN n.decision IS DISTINCT FROM 'PASS' THEN"
                + " (SELECT " + EntryRow.entry("e.entry").replace(" AS entry", "")
                + " FROM enact.receipt_entry e WHERE e.log = n.log AND e.seq = n.seq AND e.stored = n.stored LIMIT 1) END"
                + " FROM newest n WHERE n.kind = '" + ReceiptKind.DECIDED + "'"
                + " AND NOT EXISTS (SELECT FROM newest s WHERE s.action_id = n.action_id"
                + " AND s.kind IN ('COMPLETED', 'RECONCILED'))"
                + " AND NOT EXISTS (SELECT FROM enact.receipt_open o WHERE o.action_id = n.action_id)");
        this.reopen = sql.of("SELECT enact.receipt_reopen(?, ?)");
    }

    /** Puts the open decisions among the newest entries on the list. */
    void restore(Connection connection) throws SQLException {
        int restored = 0;
        for (Place place : missing(connection)) {
            restored += reopen(connection, place) ? 1 : 0;
        }
        if (restored > 0) {
            logger.warn(restored + ((restored == 1) ? " decision" : " decisions")
                    + " without an outcome had been taken off the list of the receipt store that finds runs in doubt,"
                    + " and now stand there again. Somebody changed the database: verify the receipts");
        }
    }

    private record Place(String log, long seq) {}

    private List<Place> missing(Connection connection) throws SQLException {
        List<Place> places = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(this.missing);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Place place = new Place(rows.getString(1), rows.getLong(2));
                byte[] bytes = rows.getBytes(3);
                if (bytes == null
                        || Receipt.stored(place.log(), place.seq(), bytes).letsRun()) {
                    places.add(place);
                }
            }
        }
        return places;
    }

    private boolean reopen(Connection connection, Place place) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.reopen)) {
            statement.setString(1, place.log());
            statement.setLong(2, place.seq());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
