package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** A guard leaves connections as it got them, and survives what is put between it and the application. */
class PooledConnectionTests {

    @RegisterExtension
    private final ShopDatabase database = new ShopDatabase();

    @Test
    void nothingStaysOnAConnectionThatGoesToTheNext() {
        this.database.application().run(context -> {
            Shop shop = new Shop(context, this.database);
            shop.dataSource().unwrap(HikariDataSource.class).setMaximumPoolSize(1);

            shop.act(() -> shop.jdbc().update("DELETE FROM orders WHERE id = 1"));
            assertUntouched(shop);
            shop.look(() -> shop.jdbc().queryForList("SELECT * FROM orders"));
            assertUntouched(shop);
            assertThatThrownBy(() -> shop.act(() -> shop.jdbc().update("DELETE FROM nothing")))
                    .hasMessageContaining("nothing");
            assertUntouched(shop);
            assertThatThrownBy(() -> shop.look(() -> shop.jdbc().update("DELETE FROM orders")))
                    .hasStackTraceContaining("read-only");
            assertUntouched(shop);
            assertThatThrownBy(() -> shop.act(() -> shop.transaction().executeWithoutResult(status -> {
                        shop.jdbc().update("DELETE FROM orders");
                        throw new IllegalStateException("no");
                    })))
                    .hasMessage("no");
            assertUntouched(shop);

            assertThat(this.database.texts("SELECT count(*) FROM enact_undo.marker"))
                    .containsExactly("1");
        });
    }

    private static void assertUntouched(Shop shop) throws SQLException {
        try (Connection connection = shop.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(statement.getFetchSize()).isZero();
            assertThat(shop.jdbc().getFetchSize()).isEqualTo(-1);
        }
        for (String setting : List.of("transaction_deferrable", "transaction_read_only")) {
            assertThat(shop.jdbc().queryForObject("SHOW " + setting, String.class))
                    .isEqualTo("off");
        }
        assertThat(shop.jdbc().queryForObject("SELECT current_setting('enact.joined', true)", String.class))
                .isNullOrEmpty();
        // somebody else's change on the same connection
        shop.jdbc().update("UPDATE orders SET amount = amount + 1 WHERE id = 2");
    }

    @Test
    void autoCommitIsBackEvenIfTheStatementIsClosedBehindItsBack() {
        this.database.run(shop -> shop.act(() -> {
            try (Connection connection = shop.dataSource().getConnection();
                    PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
                statement.closeOnCompletion();
                statement.executeQuery().close();
                assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);

                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.isReadOnly()).isFalse();
            }
        }));
    }

    @Test
    void aStatementThatOutlivesItsConnectionDoesNothing() {
        this.database.run(shop -> shop.act(() -> {
            Connection connection = shop.dataSource().getConnection();
            Statement statement = connection.createStatement();
            connection.close();

            assertThatThrownBy(() -> statement.execute("DELETE FROM orders")).isInstanceOf(SQLException.class);
            assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
            assertThat(connection.isClosed()).isTrue();
            assertThat(this.database.texts("SELECT count(*) FROM orders")).containsExactly("100");
        }));
    }

    @Test
    void manyThreadsShareAPool() throws Exception {
        this.database.sql(
                "CREATE TABLE counter (id int PRIMARY KEY, n int)",
                "INSERT INTO counter SELECT i, 0 FROM generate_series(0, 7) i");
        this.database.run(shop -> {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<?>> done = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    int id = i;
                    done.add(threads.submit(() -> work(shop, id)));
                }
                for (Future<?> each : done) {
                    each.get();
                }
            } finally {
                threads.shutdown();
            }

            // half of them are people
            assertThat(this.database.texts("SELECT sum(n) FROM counter")).containsExactly("80");
            assertThat(this.database.texts("SELECT count(*) FROM enact_undo.marker"))
                    .containsExactly("40");
            assertThat(this.database.texts("SELECT count(*) FROM enact_undo.statement"))
                    .containsExactly("40");
            assertThat(this.database.texts("SELECT count(*) FROM enact_undo.marker WHERE state <> 'C'"))
                    .containsExactly("0");
        });
    }

    @Test
    void aThreadThatGoesOnWithTheTransactionOfAnAction() {
        this.database.run(shop -> shop.assertComesBack(() -> {
            try (Connection connection = shop.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("DELETE FROM orders WHERE id = 1");
                CompletableFuture.supplyAsync(() -> {
                            try {
                                statement.execute("DELETE FROM customer");
                                connection.commit();
                                return true;
                            } catch (SQLException ex) {
                                throw new IllegalStateException(ex);
                            }
                        })
                        .get();
            }
        }));
    }

    private static Void work(Shop shop, int id) throws Exception {
        for (int i = 0; i < 10; i++) {
            Shop.Work count = () -> shop.jdbc().update("UPDATE counter SET n = n + 1 WHERE id = ?", id);
            try {
                if (id % 2 == 0) {
                    shop.act(count);
                } else {
                    count.run();
                }
            } catch (Throwable ex) {
                throw new IllegalStateException(ex);
            }
        }
        return null;
    }

    @Test
    void aConnectionThatIsMadeWhenItIsNeeded() {
        this.database.application().withUserConfiguration(Lazy.class).run(context -> {
            Shop shop = new Shop(context, this.database);
            assertOneDatabase(shop);
            shop.assertComesBack(() -> {
                shop.jdbc().update("DELETE FROM orders WHERE id < 9");
                shop.transaction().executeWithoutResult(status -> shop.jdbc().update("DELETE FROM customer"));
            });
        });
    }

    @Test
    void aDataSourceThatKnowsOfTransactions() {
        this.database.application().withUserConfiguration(Aware.class).run(context -> {
            Shop shop = new Shop(context, this.database);
            assertOneDatabase(shop);
            shop.assertComesBack(() -> {
                shop.jdbc().update("DELETE FROM orders WHERE id < 9");
                shop.transaction().executeWithoutResult(status -> shop.jdbc().update("DELETE FROM customer"));
            });
        });
    }

    @Test
    void severalLayersOfThem() {
        this.database.application().withUserConfiguration(Layered.class).run(context -> {
            Shop shop = new Shop(context, this.database);
            assertOneDatabase(shop);
            shop.assertComesBack(() -> shop.transaction()
                    .executeWithoutResult(status -> shop.jdbc().update("DELETE FROM customer")));
        });
    }

    @Test
    void aDataSourceThatChoosesAnother() {
        this.database.application().withUserConfiguration(Routing.class).run(context -> {
            Shop shop = new Shop(context, this.database);
            assertOneDatabase(shop);
            shop.assertComesBack(() -> shop.jdbc().update("DELETE FROM customer"));
        });
    }

    private static void assertOneDatabase(Shop shop) {
        assertThat(shop.context().getBeansOfType(RowsUndo.class)).containsOnlyKeys("enactRowsUndo.dataSource");
    }

    @Configuration(proxyBeanMethods = false)
    static class Lazy {

        @Bean
        @Primary
        DataSource lazyDataSource(HikariDataSource dataSource) {
            return new LazyConnectionDataSourceProxy(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Aware {

        @Bean
        @Primary
        DataSource awareDataSource(HikariDataSource dataSource) {
            return new TransactionAwareDataSourceProxy(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Layered {

        @Bean
        @Primary
        DataSource outerDataSource(HikariDataSource dataSource) {
            return new DelegatingDataSource(new LazyConnectionDataSourceProxy(dataSource));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Routing {

        @Bean
        @Primary
        DataSource routingDataSource(HikariDataSource dataSource) {
            AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

                @Override
                protected Object determineCurrentLookupKey() {
                    return "main";
                }
            };
            routing.setTargetDataSources(Map.of("main", dataSource));
            return routing;
        }
    }
}
