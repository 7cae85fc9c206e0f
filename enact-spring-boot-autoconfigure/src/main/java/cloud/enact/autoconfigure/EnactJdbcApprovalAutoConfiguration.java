package cloud.enact.autoconfigure;

import cloud.enact.approval.ApprovalEncryption;
import cloud.enact.approval.ApprovalSeal;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.approval.jdbc.ApprovalSchema;
import cloud.enact.approval.jdbc.JdbcApprovalOptions;
import cloud.enact.approval.jdbc.JdbcApprovalStore;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.Subjects;
import cloud.enact.receipt.ReceiptKeys;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of requests for approval in PostgreSQL, beside the receipts. */
@AutoConfiguration(
        after = EnactReceiptAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnProperty("enact.approval.enabled")
@ConditionalOnClass(name = {"org.postgresql.Driver", "org.springframework.boot.jdbc.DataSourceBuilder"})
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactJdbcApprovalAutoConfiguration {

    @Bean
    @ConditionalOnProperty(name = "enact.receipts.store", havingValue = "jdbc")
    @ConditionalOnMissingBean(ApprovalStore.class)
    JdbcApprovalStore enactApprovalStore(
            EnactProperties properties,
            @EnactDataSource ObjectProvider<DataSource> own,
            ObjectProvider<DataSource> application,
            ReceiptKeys keys,
            ObjectProvider<KeyRing> dataKeys,
            ObjectProvider<Subjects> subjects) {
        JdbcDatabase database = new JdbcDatabase(properties.receipts().jdbc(), own, application);
        JdbcApprovalOptions options = new JdbcApprovalOptions(
                database.options().schema(),
                database.options().timeout(),
                EnactApprovalStoreAutoConfiguration.retention(properties));
        ApprovalSeal seal = DerivedApprovalSeal.ofStore(keys);
        @Nullable
        ApprovalEncryption encryption = EnactApprovalStoreAutoConfiguration.encryption(properties, dataKeys, subjects);
        try {
            database.initialize(
                    owner -> ApprovalSchema.initialize(owner, options.schema()),
                    (owner, role) -> ApprovalSchema.grantWriting(owner, options.schema(), role));
            return database.open(
                    "approvals",
                    direct -> JdbcApprovalStore.open(direct, options, seal, encryption),
                    lent -> JdbcApprovalStore.openOnOneConnection(lent, options, seal, encryption));
        } catch (ApprovalStoreException ex) {
            throw JdbcDatabase.unusable(ex);
        }
    }
}
