package cloud.enact.autoconfigure;

import cloud.enact.action.IdGenerator;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.Anchors;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.EntryPruner;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.SignedHeads;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of receipts in PostgreSQL. */
@AutoConfiguration(
        before = EnactReceiptAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnProperty(name = "enact.receipts.store", havingValue = "jdbc")
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactJdbcReceiptAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = {"org.postgresql.Driver", "org.springframework.boot.jdbc.DataSourceBuilder"})
    static class Postgres {

        @Bean
        @ConditionalOnMissingBean(ReceiptStore.class)
        JdbcReceiptStore enactReceiptStore(
                EnactProperties properties,
                @EnactDataSource ObjectProvider<DataSource> own,
                ObjectProvider<DataSource> application) {
            return new JdbcReceiptStores(properties.receipts().jdbc(), own, application).open();
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty("enact.receipts.jdbc.retention")
        EntryPruner enactEntryPruner(
                ReceiptStore store,
                ReceiptLog receipts,
                ReceiptKeys keys,
                CheckpointKeys checkpointKeys,
                ObjectProvider<AnchorSource> sources,
                IdGenerator ids,
                @Qualifier("enactClock") Clock clock,
                EnactProperties properties,
                @EnactDataSource ObjectProvider<DataSource> own,
                ObjectProvider<DataSource> application) {
            return new EntryPruner(
                    store,
                    new JdbcReceiptStores(properties.receipts().jdbc(), own, application).partitions(),
                    receipts,
                    keys,
                    () -> SignedHeads.of(checkpointKeys, store)
                            .with(Anchors.read(sources.orderedStream().toList(), checkpointKeys)),
                    ids,
                    clock);
        }

        @Bean
        @ConditionalOnProperty("enact.receipts.jdbc.retention")
        ScheduledRetention enactScheduledRetention(EnactProperties properties, EntryPruner pruner) {
            return new ScheduledRetention(properties.receipts().jdbc(), pruner);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass({"org.postgresql.Driver"})
    static class NoDriver {

        @Bean
        @ConditionalOnMissingBean
        ReceiptStore enactReceiptStore() {
            throw new EnactStartupException(
                    "Receipts are to be kept in PostgreSQL, and its driver is not on the class path.",
                    "Add org.postgresql:postgresql and spring-boot-starter-jdbc, or set"
                            + " enact.receipts.store=embedded.");
        }
    }
}
