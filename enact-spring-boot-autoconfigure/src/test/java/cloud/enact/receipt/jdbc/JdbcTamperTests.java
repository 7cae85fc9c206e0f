package cloud.enact.receipt.jdbc;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.TamperContract;
import java.sql.SQLException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;

/** Somebody with all rights writes the tables past the store. */
class JdbcTamperTests extends TamperContract {

    private final ReceiptDatabase database = new ReceiptDatabase();

    private JdbcReceiptStore store;

    private ReceiptStore leasing;

    @Override
    protected ReceiptStore store() {
        if (this.leasing == null) {
            this.store = this.database.open();
            this.leasing = ReceiptDatabase.leasing(this.store);
        }
        return this.leasing;
    }

    @AfterEach
    void close() throws SQLException {
        this.store.close();
        this.database.close();
    }

    @Override
    protected void replace(long seq, byte[] entry) throws SQLException {
        Receipt receipt = Receipt.stored(LOG, seq, entry);
        this.database.tamper(
                "UPDATE receipt_entry SET entry = '\\x" + HexFormat.of().formatHex(entry) + "', run_id = '"
                        + receipt.runId() + "', action_id = '" + receipt.actionId() + "' WHERE seq = " + seq);
    }

    @Override
    protected void remove(long fromSeq, long toSeq) throws SQLException {
        this.database.tamper("DELETE FROM receipt_entry WHERE seq BETWEEN " + fromSeq + " AND " + toSeq);
    }

    @Override
    protected void insert(long seq, byte[] entry) throws SQLException {
        String columns = this.database.text("SELECT string_agg(attname, ', ') FROM pg_attribute"
                + " WHERE attrelid = 'receipt_entry'::regclass AND attnum > 0 AND NOT attisdropped"
                + " AND attname <> 'seq' AND attidentity = '' AND attgenerated = ''");
        this.database.tamper("INSERT INTO receipt_entry (seq, " + columns + ") SELECT " + seq + ", " + columns
                + " FROM receipt_entry WHERE seq = 1");
        replace(seq, entry);
    }
}
