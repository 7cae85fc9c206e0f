package cloud.enact.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Receipts in PostgreSQL.
 *
 * @param schema Schema of the tables.
 */
record JdbcReceiptProperties(@DefaultValue("enact") String schema) {}
