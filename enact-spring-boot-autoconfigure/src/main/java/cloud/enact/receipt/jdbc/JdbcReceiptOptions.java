package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.SchemaName;
import java.time.Duration;

/**
 * How receipts are kept in PostgreSQL.
 *
 * @param schema schema of the tables
 * @param lease how long a log belongs to a writer that is not heard of
 * @param timeout how long the server may take for one statement
 */
public record JdbcReceiptOptions(SchemaName schema, Duration lease, Duration timeout) {

    public JdbcReceiptOptions {
        if (lease.toSeconds() < 1 || timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("The lease and the timeout of the receipt store must be 1s or more");
        }
    }

    /** Schema {@code enact}, leases of 30 seconds, and 10 seconds for a statement. */
    public static JdbcReceiptOptions defaults() {
        return new JdbcReceiptOptions(new SchemaName("enact"), Duration.ofSeconds(30), Duration.ofSeconds(10));
    }
}
