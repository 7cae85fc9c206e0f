package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Whatever a data source looks like, its connections are guarded, or the application does not start. */
class UnusualDataSourceTests {

    @RegisterExtension
    private final ShopDatabase database = new ShopDatabase();

    @Test
    void aFinalClass() {
        assertGuarded(Final.class);
    }

    @Test
    void aFinalMethod() {
        assertGuarded(FinalMethod.class);
    }

    @Test
    void oneThatAFactoryMakes() {
        assertGuarded(Factory.class);
    }

    private void assertGuarded(Class<?> configuration) {
        this.database
                .application()
                .withUserConfiguration(configuration, Uses.class)
                .run(context -> {
                    Shop shop = new Shop(context, this.database);
                    shop.assertComesBack(() -> shop.transaction()
                            .executeWithoutResult(status -> shop.jdbc().update("DELETE FROM customer")));
                });
    }

    @Test
    void oneThatIsMadeTooEarlyStopsTheStart() {
        this.database
                .application()
                .withUserConfiguration(Early.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("data source earlyDataSource")
                        .hasStackTraceContaining("made too early"));
    }

    /** As a standby has it, or a role that may only read. */
    @Test
    void oneThatMayOnlyRead() throws Exception {
        this.database.run(installing -> {});
        this.database.sql("ALTER DATABASE " + this.database.name() + " SET default_transaction_read_only = on");
        this.database.run(shop -> {
            Shop.Work read = () ->
                    assertThat(shop.jdbc().queryForList("SELECT * FROM orders")).hasSize(100);
            shop.act(read);
            shop.act(() -> shop.transaction().executeWithoutResult(status -> {
                assertThat(shop.jdbc().queryForList("SELECT * FROM orders")).hasSize(100);
                assertThat(shop.jdbc().queryForList("SELECT * FROM customer")).hasSize(47);
            }));

            for (String wipe : List.of("DELETE FROM orders", "SET TRANSACTION READ WRITE; DELETE FROM orders")) {
                assertThatThrownBy(() -> shop.act(() -> shop.jdbc().execute(wipe)))
                        .hasStackTraceContaining("read-");
                assertThatThrownBy(() -> shop.act(() -> shop.transaction()
                                .executeWithoutResult(status -> shop.jdbc().execute(wipe))))
                        .hasStackTraceContaining("read-");
            }

            assertThat(this.database.texts("SELECT count(*) FROM orders")).containsExactly("100");
        });
    }

    private static final class FinalSource extends AbstractDataSource {

        private final String database;

        private FinalSource(String database) {
            this.database = database;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return new PostgresDataSource(this.database).getConnection();
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }

    static class SourceWithFinalMethod extends AbstractDataSource {

        private final String database;

        SourceWithFinalMethod(String database) {
            this.database = database;
        }

        @Override
        public final Connection getConnection() throws SQLException {
            return new PostgresDataSource(this.database).getConnection();
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Final {

        @Bean
        @Primary
        DataSource unusualDataSource(Environment environment) {
            return new FinalSource(environment.getRequiredProperty("test.database"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FinalMethod {

        @Bean
        @Primary
        DataSource unusualDataSource(Environment environment) {
            return new SourceWithFinalMethod(environment.getRequiredProperty("test.database"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Factory {

        @Bean
        @Primary
        FactoryBean<DataSource> unusualDataSource(Environment environment) {
            return new FactoryBean<>() {

                @Override
                public DataSource getObject() {
                    return new PostgresDataSource(environment.getRequiredProperty("test.database"));
                }

                @Override
                public Class<?> getObjectType() {
                    return DataSource.class;
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Early {

        @Bean
        static DataSource earlyDataSource(Environment environment) {
            return new PostgresDataSource(environment.getRequiredProperty("test.database"));
        }

        @Bean
        static BeanPostProcessor eager(@Qualifier("earlyDataSource") DataSource dataSource) {
            return new Eager(dataSource);
        }
    }

    /** Needs a data source before any other bean is made. */
    record Eager(DataSource dataSource) implements BeanPostProcessor, PriorityOrdered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Uses {

        @Bean
        @Primary
        JdbcTemplate unusualTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        @Primary
        JdbcTransactionManager unusualTransactions(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }
}
