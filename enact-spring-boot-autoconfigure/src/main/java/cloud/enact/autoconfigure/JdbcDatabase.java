package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.jdbc.SchemaName;
import cloud.enact.receipt.jdbc.JdbcReceiptOptions;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The database of {@code enact.receipts.jdbc}: with the data source it is told, or else that of the application. */
final class JdbcDatabase {

    private static final Log logger = LogFactory.getLog(JdbcDatabase.class);

    private final JdbcReceiptProperties properties;

    private final ObjectProvider<DataSource> own;

    private final ObjectProvider<DataSource> application;

    JdbcDatabase(
            JdbcReceiptProperties properties, ObjectProvider<DataSource> own, ObjectProvider<DataSource> application) {
        this.properties = properties;
        this.own = own;
        this.application = application;
    }

    JdbcReceiptOptions options() {
        try {
            return new JdbcReceiptOptions(
                    new SchemaName(this.properties.schema()), this.properties.lease(), this.properties.timeout());
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    String.valueOf(ex.getMessage()), "Correct enact.receipts.jdbc in the configuration.", ex);
        }
    }

    /**
     * Name of a schema beside that of the receipts.
     *
     * @param ending what it has behind the name of that one
     */
    SchemaName schemaBeside(String ending) {
        SchemaName receipts = options().schema();
        try {
            return receipts.with(ending);
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "A schema has the name of that of the receipts with " + ending
                            + " behind it, and that is longer than 63 bytes.",
                    "Give enact.receipts.jdbc.schema a shorter name.",
                    ex);
        }
    }

    /**
     * Opens a store.
     *
     * @param what what is kept in it, as in {@code receipts}
     * @param direct opens it with connections that nobody else uses
     * @param lent opens it on one connection that the data source lends
     */
    <T> T open(String what, Function<DataSource, T> direct, Function<DataSource, T> lent) {
        DataSource source = dataSource();
        @Nullable DataSource past = new ReceiptConnections(source, options()).direct();
        if (past != null) {
            return direct.apply(past);
        }
        logger.warn("The data source for receipts does not tell where it leads, so one of its connections is kept"
                + " for " + what + "; see that it has one more than the application needs");
        return lent.apply(source);
    }

    /**
     * Makes tables, where that is configured.
     *
     * @param initialize makes them, with connections of the role that is to own them
     * @param grant gives the role of the application its rights, where that is another one
     */
    void initialize(Consumer<DataSource> initialize, BiConsumer<DataSource, String> grant) {
        if (this.properties.initializeSchema() != JdbcReceiptProperties.InitializeSchema.ALWAYS) {
            return;
        }
        ReceiptConnections connections = new ReceiptConnections(dataSource(), options());
        DataSource owner = connections.owner(this.properties.owner());
        initialize.accept(owner);
        if (this.properties.owner().username() != null) {
            grant.accept(owner, connections.user());
        }
    }

    /** Connections of the role that owns the tables, for work that takes its time. */
    DataSource owner() {
        return new ReceiptConnections(dataSource(), options()).owner(this.properties.owner());
    }

    /** What to say when a store can't be used. */
    static EnactStartupException unusable(RuntimeException cause) {
        return new EnactStartupException(
                String.valueOf(cause.getMessage()),
                "See enact.receipts.jdbc in the configuration, and docs/receipts-postgresql.md.",
                cause);
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
