package cloud.enact.receipt.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How receipts are kept in PostgreSQL.
 *
 * @param schema schema of the tables
 * @param lease how long a log belongs to a writer that is not heard of
 * @param timeout how long the server may take for one statement
 */
public record JdbcReceiptOptions(String schema, Duration lease, Duration timeout) {

    /** What the server keeps of a name; more would be cut. */
    private static final int NAME = 63;

    public JdbcReceiptOptions {
        if (schema.isBlank() || schema.indexOf(0) >= 0 || schema.getBytes(StandardCharsets.UTF_8).length > NAME) {
            throw new IllegalArgumentException("The schema of the receipts must be a name of 1 to 63 bytes");
        }
        if (lease.toSeconds() < 1 || timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("The lease and the timeout of the receipt store must be 1s or more");
        }
    }

    /** Schema {@code enact}, leases of 30 seconds, and 10 seconds for a statement. */
    public static JdbcReceiptOptions defaults() {
        return new JdbcReceiptOptions("enact", Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /** The schema as SQL names it. */
    String quotedSchema() {
        return '"' + this.schema.replace("\"", "\"\"") + '"';
    }
}
