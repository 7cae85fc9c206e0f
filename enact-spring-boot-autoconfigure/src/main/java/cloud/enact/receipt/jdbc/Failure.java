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

    private static final String MISSING = "Its tables or functions are missing: see enact.receipts.jdbc";

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
                    "The role lacks a right: see postgresql-writer.sql",
                    "42P01",
                    MISSING,
                    "42883",
                    MISSING,
                    "3F000",
                    MISSING,
                    "23",
                    "An entry for the same place of the log exists, or the tables were altered"));

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
