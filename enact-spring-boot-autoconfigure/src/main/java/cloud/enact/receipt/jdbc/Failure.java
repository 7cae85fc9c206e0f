package cloud.enact.receipt.jdbc;

import cloud.enact.receipt.ReceiptStoreException;
import java.sql.SQLException;
import java.util.Objects;

/** What an error of the database means, and what to do. */
final class Failure {

    private static final String LEASE_LOST = "EN001";

    private static final String NOT_NEXT = "EN002";

    private static final String APPEND_ONLY = "EN003";

    /** No partition takes the row. */
    private static final String NO_PARTITION = "23514";

    private Failure() {}

    /** Whether the store's own functions said no; the connection is sound then. */
    static boolean isRefusal(SQLException cause) {
        return state(cause).startsWith("EN");
    }

    /** Whether the log has another writer by now. */
    static boolean isLostLease(SQLException cause) {
        return state(cause).equals(LEASE_LOST);
    }

    /** Whether the server went away, or ended the connection. */
    static boolean isLostConnection(SQLException cause) {
        return state(cause).startsWith("08") || state(cause).startsWith("57P");
    }

    static boolean isMissingPartition(SQLException cause) {
        return state(cause).equals(NO_PARTITION);
    }

    static ReceiptStoreException of(String verb, SQLException cause) {
        return new ReceiptStoreException(
                "The receipt store in PostgreSQL can't be " + verb + ". " + advice(state(cause)), cause);
    }

    private static String advice(String state) {
        return switch (state) {
            case NOT_NEXT ->
                "The entry does not follow the last one that was appended: another writer may use the same log, or"
                        + " entries were removed";
            case APPEND_ONLY -> "Receipts are append-only";
            case "42501" -> "The role lacks a right: see postgresql-writer.sql";
            case "42P01", "42883", "3F000" -> "Its tables or functions are missing: see enact.receipts.jdbc";
            case "57014", "55P03" -> "The server took too long: see what keeps it busy, or locks the tables";
            case "25006" -> "The server takes no changes: it may be a standby";
            case "28P01", "28000" -> "The server does not let this role in: check user and password";
            case "53100" -> "The disk of the server is full: make room";
            default -> adviceOnClass(state.substring(0, Math.min(2, state.length())));
        };
    }

    private static String adviceOnClass(String state) {
        return switch (state) {
            case "08", "57" -> "The server is gone or was restarted; the next attempt connects again";
            case "53" -> "The server is out of resources: see its log";
            case "23" -> "An entry for the same place of the log exists, or the tables were altered";
            default -> "See the log of the server";
        };
    }

    private static String state(SQLException cause) {
        return Objects.requireNonNullElse(cause.getSQLState(), "");
    }
}
