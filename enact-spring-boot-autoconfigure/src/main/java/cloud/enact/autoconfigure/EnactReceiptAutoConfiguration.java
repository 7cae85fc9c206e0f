package cloud.enact.autoconfigure;

import cloud.enact.action.IdGenerator;
import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.Subjects;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.policy.ActionHistory;
import cloud.enact.receipt.FreezeSwitch;
import cloud.enact.receipt.LeasedReceiptStore;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptHistory;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLimits;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSealer;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.VerificationWatch;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.UndoEncryption;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.sqlite.SqliteUndoLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Auto-configuration of receipts: keys, masking, log, store, and the undo log beside it. */
@AutoConfiguration
@EnableConfigurationProperties(EnactProperties.class)
@Import({CheckpointConfiguration.class, VerificationConfiguration.class})
public final class EnactReceiptAutoConfiguration {

    @Bean(defaultCandidate = false)
    Clock enactClock(ObjectProvider<Clock> clock) {
        return clock.getIfUnique(Clock::systemUTC);
    }

    @Bean
    @ConditionalOnMissingBean
    IdGenerator enactIdGenerator(@Qualifier("enactClock") Clock clock) {
        return IdGenerator.uuidV7(clock);
    }

    @Bean
    @ConditionalOnMissingBean
    ReceiptSigner enactReceiptSigner(EnactProperties properties, Environment environment, ResourceLoader resources) {
        return new SigningKeys(properties.signing(), resources).signer(environment);
    }

    @Bean
    @ConditionalOnMissingBean
    ReceiptKeys enactReceiptKeys(ReceiptSigner signer, EnactProperties properties, ResourceLoader resources) {
        return new SigningKeys(properties.signing(), resources).keys(signer);
    }

    @Bean
    @ConditionalOnMissingBean
    Masking enactMasking(
            EnactProperties properties,
            ObjectProvider<KeyRing> keys,
            ObjectProvider<Subjects> subjects,
            ObjectProvider<ReceiptStore> store) {
        ReceiptProperties receipts = properties.receipts();
        Masking masking = new Masking(
                new CredentialDetector(),
                receipts.mask(),
                new ReceiptLimits(
                        receipts.fieldLength(),
                        receipts.elements(),
                        Sizes.characters("enact.receipts.size", receipts.size())));
        return receipts.encryption().enabled()
                ? masking.sealedBy(new ReceiptSealer(keys.getObject(), subjects.getObject(), store::getObject))
                : masking;
    }

    @Bean
    @ConditionalOnMissingBean
    ReceiptContents enactReceiptContents(ObjectProvider<KeyRing> keys) {
        KeyRing ring = keys.getIfAvailable();
        return (ring != null) ? ReceiptContents.of(ring) : ReceiptContents.withoutKeys();
    }

    @Bean
    @ConditionalOnMissingBean
    ActionHistory enactActionHistory(ObjectProvider<ReceiptStore> store, ReceiptContents contents) {
        return new ReceiptHistory(store::getObject, contents);
    }

    @Bean
    @ConditionalOnMissingBean
    FreezeSwitch enactFreezeSwitch(
            ObjectProvider<ReceiptStore> store,
            ObjectProvider<ReceiptLog> log,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock) {
        return new FreezeSwitch(store::getObject, log::getObject, ids, clock);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "enact.receipts.store", havingValue = "memory")
    static class Memory {

        private static final Log logger = LogFactory.getLog(EnactReceiptAutoConfiguration.class);

        @Bean
        @ConditionalOnMissingBean
        ReceiptStore enactReceiptStore(EnactProperties properties) {
            logger.warn("Receipts and undo data are kept in memory only and are lost with this process;"
                    + " set enact.receipts.store=embedded to keep them");
            return ReceiptStore.inMemory(properties.receipts().capacity());
        }

        @Bean
        @ConditionalOnMissingBean
        ReceiptLog enactReceiptLog(
                ReceiptStore store,
                ReceiptKeys keys,
                Masking masking,
                IdGenerator ids,
                EnactProperties properties,
                VerificationWatch watch,
                @Qualifier("enactClock") Clock clock) {
            ReceiptLog log = ConfiguredReceiptLog.withCopies(
                    ReceiptLog.direct(ids.next().toString(), store, keys, masking, clock),
                    store,
                    keys,
                    properties.receipts());
            return VerificationConfiguration.guarded(log, watch, properties);
        }

        @Bean
        @ConditionalOnMissingBean
        UndoLog enactUndoLog() {
            return UndoLog.inMemory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.sqlite.JDBC")
    @ConditionalOnProperty(name = "enact.receipts.store", havingValue = "embedded", matchIfMissing = true)
    // what waits for a disk asks which store there is
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static class Embedded {

        @Bean
        @ConditionalOnMissingBean(ReceiptStore.class)
        SqliteReceiptStore enactReceiptStore(EnactProperties properties) {
            return SqliteReceiptStore.open(properties.receipts().file());
        }
    }

    /** What waits for a disk. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnDurableReceipts.class)
    static class Durable {

        @Bean
        @ConditionalOnBean(LeasedReceiptStore.class)
        LogLease enactReceiptLogLease(LeasedReceiptStore store, IdGenerator ids) {
            return store.lease(ids);
        }

        @Bean
        @ConditionalOnMissingBean
        ReceiptLog enactReceiptLog(
                ObjectProvider<LogLease> lease,
                ReceiptStore store,
                ConfiguredReceiptLog log,
                IdGenerator ids,
                VerificationWatch watch,
                EnactProperties properties) {
            LogLease leased = lease.getIfAvailable();
            // a store of the application's own has no logs to take over: each start writes a new one
            String id = (leased != null) ? leased.log() : ids.next().toString();
            return VerificationConfiguration.guarded(log.open(id, store), watch, properties);
        }
    }

    /** The undo log, where nothing else keeps it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.sqlite.JDBC")
    @Conditional(OnDurableReceipts.class)
    static class UndoInFile {

        @Bean
        @ConditionalOnMissingBean(UndoLog.class)
        SqliteUndoLog enactUndoLog(
                EnactProperties properties,
                ReceiptKeys keys,
                ObjectProvider<KeyRing> dataKeys,
                ObjectProvider<Subjects> subjects) {
            KeyRing ring = dataKeys.getIfAvailable();
            boolean enabled = properties.receipts().encryption().enabled();
            return SqliteUndoLog.open(
                    properties.receipts().file(),
                    keys.undoSeal(),
                    (ring != null) ? new UndoEncryption(ring, subjects.getObject(), enabled) : null);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    BlobStore enactBlobStore(EnactProperties properties, ObjectProvider<KeyRing> keys) {
        Path directory = undoDirectory(properties);
        long most = properties.undo().maxFileSize().toBytes();
        KeyRing ring = keys.getIfAvailable();
        try {
            return (ring != null)
                    ? BlobStore.inDirectory(
                            directory,
                            most,
                            ring,
                            properties.receipts().encryption().enabled())
                    : BlobStore.inDirectory(directory, most);
        } catch (IOException ex) {
            throw new EnactStartupException(
                    "The directory for captured content, " + directory + ", can't be used: " + ex.getMessage(),
                    "Make it writable for this application alone, or set enact.undo.directory to another one.",
                    ex);
        }
    }

    static Path undoDirectory(EnactProperties properties) {
        Path configured = properties.undo().directory();
        return (configured != null)
                ? configured
                : properties.receipts().file().resolveSibling("undo").toAbsolutePath();
    }
}
