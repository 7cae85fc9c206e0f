package cloud.enact.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Receipts in PostgreSQL.
 *
 * @param schema Schema of the tables.
 * @param initializeSchema When the tables are made or brought to the newest version. PostgreSQL never counts as embedded.
 * @param lease How long a log stays with a node that is not heard of, and a run with one that rolls it back.
 * @param timeout How long the server may take for one statement.
 * @param retention How long receipts are kept. Then whole months go, once receipts and signed heads stand for them. For ever by default.
 * @param pruneInterval How often it is looked for months that are old enough.
 * @param owner Role that owns the tables, where that is not the one of the application.
 */
record JdbcReceiptProperties(
        @DefaultValue("enact") String schema,
        @DefaultValue("embedded") InitializeSchema initializeSchema,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("10s") Duration timeout,
        @Nullable Duration retention,
        @DefaultValue("6h") Duration pruneInterval,
        @DefaultValue @NestedConfigurationProperty EnactProperties.Owner owner) {

    /** When tables are made. */
    enum InitializeSchema {
        /** At each start, where something is missing. */
        ALWAYS,
        /** Only where the database is an embedded one. */
        EMBEDDED,
        /** Never: somebody runs the scripts. */
        NEVER
    }
}
