package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.jdbc.JdbcReceiptOptions;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import cloud.enact.receipt.jdbc.JdbcWordIndex;
import cloud.enact.receipt.jdbc.Partitions;
import cloud.enact.receipt.jdbc.ReceiptSchema;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Opens the store of receipts in PostgreSQL, with the data source it is told or else that of the application. */
final class JdbcReceiptStores {

    private static final Log logger = LogFactory.getLog(JdbcReceiptStores.class);

    private final JdbcReceiptProperties properties;

    private final ObjectProvider<DataSource> own;

    private final ObjectProvider<DataSource> application;

    JdbcReceiptStores(
            JdbcReceiptProperties properties, ObjectProvider<DataSource> own, ObjectProvider<DataSource> application) {
        this.properties = properties;
        this.own = own;
        this.application = application;
    }

    JdbcReceiptStore open() {
        JdbcReceiptOptions options = options();
        DataSource source = dataSource();
        ReceiptConnections connections = new ReceiptConnections(source, options);
        try {
            if (this.properties.initializeSchema() == JdbcReceiptProperties.InitializeSchema.ALWAYS) {
                initialize(connections, options);
            }
            DataSource direct = connections.direct();
            if (direct != null) {
                return JdbcReceiptStore.open(direct, options);
            }
            logger.warn("The data source for receipts does not tell where it leads, so one of its connections is kept"
                    + " for receipts; see that it has one more than the application needs");
            return JdbcReceiptStore.openOnOneConnection(source, options);
        } catch (ReceiptStoreException ex) {
            throw new EnactStartupException(
                    String.valueOf(ex.getMessage()),
                    "See enact.receipts.jdbc in the configuration, and docs/receipts-postgresql.md.",
                    ex);
        }
    }

    /** The index of the words of its receipts. */
    JdbcWordIndex openWords() {
        JdbcReceiptOptions options = options();
        DataSource source = dataSource();
        @Nullable DataSource direct = new ReceiptConnections(source, options).direct();
        try {
            return JdbcWordIndex.open((direct != null) ? direct : source, options);
        } catch (ReceiptStoreException ex) {
            throw new EnactStartupException(
                    String.valueOf(ex.getMessage()),
                    "Make the schema, or switch the search off with enact.receipts.search.enabled=false.",
                    ex);
        }
    }

    private void initialize(ReceiptConnections connections, JdbcReceiptOptions options) {
        DataSource owner = connections.owner(this.properties.owner());
        ReceiptSchema.initialize(owner, options);
        if (this.properties.owner().username() != null) {
            ReceiptSchema.grantWriting(owner, options, connections.user());
        }
    }

    /** Its partitions, for the role that may drop them. */
    Partitions partitions() {
        JdbcReceiptOptions options = options();
        ReceiptConnections connections = new ReceiptConnections(dataSource(), options);
        return new Partitions(connections.owner(this.properties.owner()), options);
    }

    private JdbcReceiptOptions options() {
        try {
            return new JdbcReceiptOptions(this.properties.schema(), this.properties.lease(), this.properties.timeout());
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    String.valueOf(ex.getMessage()), "Correct enact.receipts.jdbc in the configuration.", ex);
        }
    }

    private DataSource dataSource() {
        @Nullable DataSource source = this.own.getIfAvailable();
        return Objects.requireNonNullElseGet(source, this::applications);
    }

    private DataSource applications() {
        @Nullable DataSource source = this.application.getIfUnique();
        if (source == null) {
            throw new EnactStartupException(
                    "Receipts are to be kept in PostgreSQL, and there is no DataSource, or none of several is primary.",
                    "Annotate the one that receipts belong to with @EnactDataSource, or set spring.datasource.url.");
        }
        return source;
    }
}
