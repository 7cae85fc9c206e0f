package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.Failures;
import cloud.enact.receipt.ReceiptStoreException;
import java.sql.SQLException;
import java.util.Map;

/** What an error of the database means to the receipt store. */
final class Failure {

    private static final String LEASE_LOST = "EN001";

    private static final String NOT_NEXT = "EN002";

    private static final String APPEND_ONLY = "EN003";

    /** No partition takes the row. */
    private static final String NO_PARTITION = "23514";

    static final Failures<ReceiptStoreException> OF_STORE = new Failures<>(
            "receipt store",
            ReceiptStoreException::new,
            Map.of(
                    NOT_NEXT,
                    "The entry does not follow the last one that was appended: another writer may use the same log, or"
                            + " entries were removed",
                    APPEND_ONLY,
                    "Receipts are append-only",
                    "42501",
                    "The role lacks a right: see cloud/enact/receipt/jdbc/postgresql-writer.sql",
                    "23",
                    "An entry for the same place of the log exists, or the tables were altered"));

    static final Failures<ReceiptStoreException> OF_WORDS = new Failures<>(
            "index of words",
            ReceiptStoreException::new,
            Map.of("42501", "The role lacks a right: let it own the schema of the index, and its tables"));

    private Failure() {}

    /** Whether the log has another writer by now. */
    static boolean isLostLease(SQLException cause) {
        return Failures.state(cause).equals(LEASE_LOST);
    }

    static boolean isMissingPartition(SQLException cause) {
        return Failures.state(cause).equals(NO_PARTITION);
    }

    static ReceiptStoreException of(String verb, SQLException cause) {
        return OF_STORE.of(verb, cause);
    }
}
