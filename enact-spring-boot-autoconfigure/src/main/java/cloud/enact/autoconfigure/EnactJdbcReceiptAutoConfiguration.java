package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
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
