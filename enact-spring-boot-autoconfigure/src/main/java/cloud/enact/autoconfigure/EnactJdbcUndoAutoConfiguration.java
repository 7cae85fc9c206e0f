package cloud.enact.autoconfigure;

import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.Subjects;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.jdbc.JdbcReceiptOptions;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.UndoEncryption;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.jdbc.JdbcIdempotencyKeys;
import cloud.enact.undo.jdbc.JdbcUndoLog;
import cloud.enact.undo.jdbc.JdbcUndoOptions;
import cloud.enact.undo.jdbc.UndoSchema;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration of the undo log in PostgreSQL, beside the receipts. */
@AutoConfiguration(
        before = EnactReceiptAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnProperty(name = "enact.receipts.store", havingValue = "jdbc")
@ConditionalOnClass(name = {"org.postgresql.Driver", "org.springframework.boot.jdbc.DataSourceBuilder"})
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactJdbcUndoAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(UndoLog.class)
    JdbcUndoLog enactUndoLog(
            EnactProperties properties,
            @EnactDataSource ObjectProvider<DataSource> own,
            ObjectProvider<DataSource> application,
            ReceiptKeys keys,
            ObjectProvider<KeyRing> dataKeys,
            ObjectProvider<Subjects> subjects) {
        KeyRing ring = dataKeys.getIfAvailable();
        boolean enabled = properties.receipts().encryption().enabled();
        @Nullable
        UndoEncryption encryption = (ring != null) ? new UndoEncryption(ring, subjects.getObject(), enabled) : null;
        JdbcDatabase database = new JdbcDatabase(properties.receipts().jdbc(), own, application);
        JdbcUndoOptions options = options(database);
        return prepared(
                database,
                options,
                () -> database.open(
                        "the undo log",
                        direct -> JdbcUndoLog.open(direct, options, keys.undoSeal(), encryption),
                        lent -> JdbcUndoLog.openOnOneConnection(lent, options, keys.undoSeal(), encryption)));
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean(IdempotencyKeys.class)
    JdbcIdempotencyKeys enactIdempotencyKeys(
            EnactProperties properties,
            @EnactDataSource ObjectProvider<DataSource> own,
            ObjectProvider<DataSource> application) {
        JdbcDatabase database = new JdbcDatabase(properties.receipts().jdbc(), own, application);
        JdbcUndoOptions options = options(database);
        return prepared(
                database,
                options,
                () -> database.open(
                        "idempotency keys",
                        direct -> JdbcIdempotencyKeys.open(direct, options),
                        lent -> JdbcIdempotencyKeys.open(lent, options)));
    }

    private static JdbcUndoOptions options(JdbcDatabase database) {
        JdbcReceiptOptions receipts = database.options();
        return new JdbcUndoOptions(receipts.schema(), receipts.lease(), receipts.timeout());
    }

    private static <T> T prepared(JdbcDatabase database, JdbcUndoOptions options, Supplier<T> opening) {
        try {
            database.initialize(
                    owner -> UndoSchema.initialize(owner, options),
                    (owner, role) -> UndoSchema.grantWriting(owner, options, role));
            return opening.get();
        } catch (UndoLogException ex) {
            throw JdbcDatabase.unusable(ex);
        }
    }
}
