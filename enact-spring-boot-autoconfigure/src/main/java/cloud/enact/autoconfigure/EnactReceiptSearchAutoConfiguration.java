package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import cloud.enact.receipt.jdbc.JdbcWordIndex;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.receipt.search.TextProjection;
import cloud.enact.receipt.search.WordIndex;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.receipt.sqlite.SqliteWordIndex;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the search by words, for those who switch it on. */
@AutoConfiguration(after = EnactReceiptAutoConfiguration.class)
@ConditionalOnProperty("enact.receipts.search.enabled")
@ConditionalOnBean(ReceiptStore.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactReceiptSearchAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.sqlite.JDBC")
    @ConditionalOnBean(SqliteReceiptStore.class)
    static class Embedded {

        @Bean
        @ConditionalOnMissingBean(WordIndex.class)
        SqliteWordIndex enactWordIndex(SqliteReceiptStore store) {
            return SqliteWordIndex.open(SqliteWordIndex.beside(store.file()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = {"org.postgresql.Driver", "org.springframework.boot.jdbc.DataSourceBuilder"})
    @ConditionalOnBean(JdbcReceiptStore.class)
    static class Postgres {

        @Bean
        @ConditionalOnMissingBean(WordIndex.class)
        JdbcWordIndex enactWordIndex(
                EnactProperties properties,
                @EnactDataSource ObjectProvider<DataSource> own,
                ObjectProvider<DataSource> application) {
            return new JdbcReceiptStores(properties.receipts().jdbc(), own, application).openWords();
        }
    }

    @Bean
    @ConditionalOnMissingBean
    ReceiptSearch enactReceiptSearch(ReceiptStore store, ObjectProvider<WordIndex> index, EnactProperties properties) {
        return new ReceiptSearch(store, index(index, properties.receipts()));
    }

    @Bean
    @ConditionalOnMissingBean
    TextProjection enactTextProjection(
            ReceiptStore store, ObjectProvider<WordIndex> index, EnactProperties properties) {
        return new TextProjection(store, index(index, properties.receipts()));
    }

    @Bean
    ScheduledIndexing enactScheduledIndexing(TextProjection projection) {
        return new ScheduledIndexing(projection);
    }

    private static WordIndex index(ObjectProvider<WordIndex> index, ReceiptProperties properties) {
        if (properties.encryption().enabled()) {
            throw new EnactStartupException(
                    "enact.receipts.search.enabled and enact.receipts.encryption.enabled are both set, but an index of"
                            + " words would show what is encrypted.",
                    "Switch one of them off.");
        }
        WordIndex found = index.getIfAvailable();
        if (found == null) {
            throw new EnactStartupException(
                    "enact.receipts.search.enabled is set, but there is no index of words for the "
                            + properties.store().name().toLowerCase(Locale.ROOT) + " store.",
                    "Set enact.receipts.store=embedded or jdbc, switch the search off, or define a WordIndex bean.");
        }
        return found;
    }
}
