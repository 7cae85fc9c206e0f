package cloud.enact.autoconfigure;

import cloud.enact.approval.ApprovalEncryption;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.approval.sqlite.SqliteApprovalStore;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.Subjects;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.ReceiptKeys;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Auto-configuration of requests for approval in the file of the receipts, unless these are in PostgreSQL. */
@AutoConfiguration(after = {EnactReceiptAutoConfiguration.class, EnactJdbcApprovalAutoConfiguration.class})
@ConditionalOnProperty("enact.approval.enabled")
@ConditionalOnClass(name = "org.sqlite.JDBC")
@Conditional(OnDurableReceipts.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactApprovalStoreAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(ApprovalStore.class)
    SqliteApprovalStore enactApprovalStore(
            EnactProperties properties,
            ReceiptKeys keys,
            ObjectProvider<KeyRing> dataKeys,
            ObjectProvider<Subjects> subjects) {
        try {
            return SqliteApprovalStore.open(
                    properties.receipts().file(),
                    DerivedApprovalSeal.ofStore(keys),
                    encryption(properties, dataKeys, subjects),
                    retention(properties));
        } catch (ApprovalStoreException ex) {
            throw new EnactStartupException(
                    "Approvals can't be kept: " + ex.getMessage() + ".",
                    "Make the file writable for this application alone, or set enact.receipts.file to another one.",
                    ex);
        }
    }

    static Duration retention(EnactProperties properties) {
        Duration retention = properties.approval().retention();
        if (retention.isNegative()) {
            throw new EnactStartupException(
                    "Requests for approval would be removed before they end, because enact.approval.retention is"
                            + " negative.",
                    "Set it to how long they are kept after that, such as 30d.");
        }
        return retention;
    }

    static @Nullable ApprovalEncryption encryption(
            EnactProperties properties, ObjectProvider<KeyRing> dataKeys, ObjectProvider<Subjects> subjects) {
        KeyRing ring = dataKeys.getIfAvailable();
        boolean enabled = properties.receipts().encryption().enabled();
        return (ring != null) ? new ApprovalEncryption(ring, subjects.getObject(), enabled) : null;
    }
}
