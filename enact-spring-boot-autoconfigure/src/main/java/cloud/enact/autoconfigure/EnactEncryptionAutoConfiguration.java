package cloud.enact.autoconfigure;

import cloud.enact.action.IdGenerator;
import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.encryption.SubjectResolver;
import cloud.enact.encryption.Subjects;
import cloud.enact.encryption.sqlite.SqliteKeyTable;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.SubjectErasure;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Auto-configuration of encryption at rest: master keys, and the data keys of subjects. */
@AutoConfiguration(before = EnactReceiptAutoConfiguration.class)
@Conditional(OnEncryptionKey.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactEncryptionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MasterKeys enactMasterKeys(
            EnactProperties properties,
            ObjectProvider<MasterKey> services,
            Environment environment,
            ResourceLoader resources) {
        return new EncryptionKeys(properties.receipts().encryption(), resources)
                .keys(services.orderedStream().toList(), environment);
    }

    @Bean
    @ConditionalOnMissingBean
    Subjects enactSubjects(ObjectProvider<SubjectResolver> resolver) {
        SubjectResolver named = resolver.getIfAvailable();
        return (named != null) ? new Subjects(named) : Subjects.actors();
    }

    @Bean
    @ConditionalOnMissingBean
    KeyRing enactKeyRing(KeyTable table, MasterKeys masters, @Qualifier("enactClock") Clock clock) {
        KeyRing ring = new KeyRing(table, masters, clock);
        try {
            ring.check();
        } catch (EncryptionException ex) {
            throw new EnactStartupException(
                    "The data keys can't be used: " + ex.getMessage() + ".",
                    "Set the master key that was used before (" + EncryptionKeys.VARIABLE + "), or name it in"
                            + " enact.receipts.encryption.previous-keys beside the new one.",
                    ex);
        }
        return ring;
    }

    @Bean
    @ConditionalOnMissingBean
    SubjectErasure enactSubjectErasure(
            KeyRing keys, ObjectProvider<ReceiptLog> log, IdGenerator ids, @Qualifier("enactClock") Clock clock) {
        return new SubjectErasure(keys, log::getObject, ids, clock);
    }

    /** A masking of the application's own must not switch encryption off unseen. */
    @Bean
    @ConditionalOnProperty("enact.receipts.encryption.enabled")
    SmartInitializingSingleton enactEncryptionCheck(Masking masking) {
        return () -> {
            if (!masking.seals()) {
                throw new EnactStartupException(
                        "What receipts say is to be encrypted, and the Masking bean of the application does not do that.",
                        "End it with .sealedBy(new ReceiptSealer(keyRing, subjects, store::getObject)), where store is"
                                + " an ObjectProvider<ReceiptStore>, or remove it.");
            }
        };
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "enact.receipts.store", havingValue = "memory")
    static class Memory {

        @Bean
        @ConditionalOnMissingBean
        KeyTable enactKeyTable() {
            return KeyTable.inMemory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.sqlite.JDBC")
    @Conditional(OnDurableReceipts.class)
    static class Durable {

        @Bean
        @ConditionalOnMissingBean(KeyTable.class)
        SqliteKeyTable enactKeyTable(EnactProperties properties) {
            Path configured = properties.receipts().encryption().dataKeysFile();
            Path file = (configured != null)
                    ? configured
                    : properties.receipts().file().resolveSibling("keys.db");
            try {
                return SqliteKeyTable.open(file);
            } catch (EncryptionException ex) {
                throw new EnactStartupException(
                        "The file of the data keys can't be used: " + ex.getMessage() + ".",
                        "Make it writable for this application alone, or set"
                                + " enact.receipts.encryption.data-keys-file to another one.",
                        ex);
            }
        }
    }
}
