package cloud.enact.autoconfigure;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.jdbc.JdbcKeyTable;
import cloud.enact.encryption.jdbc.KeySchema;
import cloud.enact.jdbc.SchemaName;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Auto-configuration of data keys in PostgreSQL, in a schema beside that of the receipts. */
@AutoConfiguration(
        before = EnactEncryptionAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@Conditional({OnEncryptionKey.class, OnSharedDataKeys.class})
@ConditionalOnProperty(name = "enact.receipts.store", havingValue = "jdbc")
@ConditionalOnClass(name = {"org.postgresql.Driver", "org.springframework.boot.jdbc.DataSourceBuilder"})
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactJdbcEncryptionAutoConfiguration {

    /** What the name of the schema has behind that of the receipts: a dump of those must not bring keys along. */
    private static final String BESIDE = "_keys";

    @Bean
    @ConditionalOnMissingBean(KeyTable.class)
    JdbcKeyTable enactKeyTable(
            EnactProperties properties,
            @EnactDataSource ObjectProvider<DataSource> own,
            ObjectProvider<DataSource> application) {
        JdbcDatabase database = new JdbcDatabase(properties.receipts().jdbc(), own, application);
        SchemaName schema = database.schemaBeside(BESIDE);
        Duration timeout = database.options().timeout();
        try {
            database.initialize(
                    owner -> KeySchema.initialize(owner, schema),
                    (owner, role) -> KeySchema.grantWriting(owner, schema, role));
            return database.open(
                    "data keys",
                    direct -> JdbcKeyTable.open(direct, schema, timeout),
                    lent -> JdbcKeyTable.openOnOneConnection(lent, schema, timeout));
        } catch (EncryptionException ex) {
            throw JdbcDatabase.unusable(ex);
        }
    }
}
