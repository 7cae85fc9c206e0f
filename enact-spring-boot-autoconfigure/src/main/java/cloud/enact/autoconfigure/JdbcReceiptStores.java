package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.jdbc.SchemaName;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.jdbc.JdbcReceiptOptions;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import cloud.enact.receipt.jdbc.JdbcWordIndex;
import cloud.enact.receipt.jdbc.Partitions;
import cloud.enact.receipt.jdbc.ReceiptSchema;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;

/** Opens the store of receipts in PostgreSQL. */
final class JdbcReceiptStores {

    private final JdbcDatabase database;

    JdbcReceiptStores(
            JdbcReceiptProperties properties, ObjectProvider<DataSource> own, ObjectProvider<DataSource> application) {
        this.database = new JdbcDatabase(properties, own, application);
    }

    JdbcReceiptStore open() {
        JdbcReceiptOptions options = this.database.options();
        try {
            this.database.initialize(
                    owner -> ReceiptSchema.initialize(owner, options),
                    (owner, role) -> ReceiptSchema.grantWriting(owner, options, role));
            return this.database.open(
                    "receipts",
                    direct -> JdbcReceiptStore.open(direct, options),
                    lent -> JdbcReceiptStore.openOnOneConnection(lent, options));
        } catch (ReceiptStoreException ex) {
            throw JdbcDatabase.unusable(ex);
        }
    }

    /** The index of the words of its receipts. */
    JdbcWordIndex openWords() {
        SchemaName schema = this.database.schemaBeside("_search");
        Duration timeout = this.database.options().timeout();
        try {
            return this.database.open(
                    "the index of words",
                    direct -> JdbcWordIndex.open(direct, schema, timeout),
                    lent -> JdbcWordIndex.openOnOneConnection(lent, schema, timeout));
        } catch (ReceiptStoreException ex) {
            throw new EnactStartupException(
                    String.valueOf(ex.getMessage()),
                    "Make the schema, or switch the search off with enact.receipts.search.enabled=false.",
                    ex);
        }
    }

    /** Its partitions, for the role that may drop them. */
    Partitions partitions() {
        return new Partitions(this.database.owner(), this.database.options());
    }
}
