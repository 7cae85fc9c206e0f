package cloud.enact.connector.postgres;

import static cloud.enact.connector.postgres.ConnectorFixture.clerk;
import static cloud.enact.connector.postgres.ConnectorFixture.rollback;
import static cloud.enact.connector.postgres.ConnectorFixture.rows;
import static cloud.enact.connector.postgres.ConnectorFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A connector beside other code: in its transactions, in their way, and for several databases. */
class ConnectorTransactionTests {

    @RegisterExtension
    final ConnectorFixture database = new ConnectorFixture();

    @RegisterExtension
    final ConnectorFixture second = new ConnectorFixture();

    @TempDir
    Path directory;

    @Test
    void changesBecomePartOfTheTransactionAroundThem() {
        this.database.application(this.directory).run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            List<String> before = rows(context);

            clerk(context).workTogether(shop -> {
                jdbc.update("UPDATE customer SET name = 'locked' WHERE id = 1");
                shop.updateRow("customer", Map.of("active", false), Map.of("name", "locked"));
                return shop.deleteRow("orders", Map.of("customer", 1));
            });
            assertThat(taken(context, "clerk.work_together"))
                    .contains("shop.update_row", "shop.delete_row", "dataSource.change_rows");
            RollbackReport report = rollback(context, "clerk.work_together");

            assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void whatTheTransactionTakesBackWasNeverCommitted() {
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);

            new TransactionTemplate(context.getBean(JdbcTransactionManager.class)).executeWithoutResult(status -> {
                clerk(context).work(shop -> shop.deleteRow("customer", Map.of("id", 1)));
                status.setRollbackOnly();
            });

            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void anOperationThatFailsLeavesTheTransactionAsItWas() {
        this.database.application(this.directory).run(context -> {
            clerk(context).workTogether(shop -> {
                shop.updateRow("customer", Map.of("name", "kept"), Map.of("id", 1));
                assertThatThrownBy(() -> shop.insertRow("customer", Map.of("id", 1, "name", "again")))
                        .hasMessageContaining("customer_pkey");
                return shop.updateRow("customer", Map.of("active", true), Map.of("id", 1));
            });

            assertThat(rows(context)).anyMatch(row -> row.startsWith("c(1,kept,1.00,t"));
        });
    }

    @Test
    void aTransactionThatChangesTooMuchIsNotCommitted() {
        this.database
                .application(this.directory)
                .withPropertyValues("enact.policies[0].policy=db.max-rows", "enact.policies[0].with.max=3")
                .run(context -> {
                    List<String> before = rows(context);

                    assertThatThrownBy(() -> clerk(context).workTogether(shop -> {
                                shop.deleteRow("orders", Map.of("id", Map.of("<", 4)));
                                return shop.deleteRow("orders", Map.of("id", Map.of("<", 7)));
                            }))
                            .hasStackTraceContaining("6 rows would be changed");

                    assertThat(rows(context)).isEqualTo(before);
                });
    }

    @Test
    void anActionThatOnlyReadsChangesNothing() {
        this.database.application(this.directory).run(context -> {
            List<String> before = rows(context);

            assertThatThrownBy(() -> clerk(context).look(shop -> shop.deleteRow("orders", Map.of("id", 1))))
                    .hasMessageContaining("only reads");

            assertThat(rows(context)).isEqualTo(before);
        });
    }

    @Test
    void rowsThatTheSameActionHoldsElsewhereAreNotWaitedForForEver() {
        this.database
                .application(this.directory)
                .withPropertyValues("enact.postgres.lock-timeout=200ms")
                .run(context -> {
                    try (Connection other = context.getBean(DataSource.class).getConnection();
                            Statement statement = other.createStatement()) {
                        other.setAutoCommit(false);
                        statement.execute("SELECT * FROM customer WHERE id = 1 FOR UPDATE");

                        assertThatThrownBy(() ->
                                        clerk(context).work(shop -> shop.deleteRow("customer", Map.of("id", 1))))
                                .hasMessageContaining("somebody else holds the rows");
                        other.rollback();
                    }
                    assertThat(context.getBean(HikariDataSource.class)
                                    .getHikariPoolMXBean()
                                    .getActiveConnections())
                            .isZero();
                });
    }

    @Test
    void aPoolWithoutAutoCommitIsCommittedAllTheSame() {
        this.database
                .application(this.directory)
                .withPropertyValues("test.auto-commit=false")
                .run(context -> {
                    List<String> before = rows(context);

                    clerk(context).work(shop -> shop.deleteRow("orders", Map.of("customer", 1)));
                    assertThat(rows(context)).hasSizeLessThan(before.size());
                    RollbackReport report = rollback(context, "clerk.work");

                    assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(rows(context)).isEqualTo(before);
                });
    }

    @Test
    void eachConnectorHasItsOwnDatabase() {
        this.database
                .application(this.directory)
                .withPropertyValues(
                        "test.second=" + this.second.name(),
                        "enact.postgres.connectors.shop.data-source=dataSource",
                        "enact.postgres.connectors.archive.data-source=archiveSource",
                        "enact.postgres.connectors.archive.operations=insert_row,count_rows",
                        "enact.postgres.connectors.archive.tables=public.orders")
                .withUserConfiguration(Archive.class)
                .run(context -> {
                    PostgresConnector archive = (PostgresConnector) context.getBean("enactPostgresConnector.archive");
                    List<String> before = rows(context);

                    clerk(context).work(shop -> {
                        shop.deleteRow("orders", Map.of("id", 1));
                        return archive.insertRow("orders", Map.of("id", 501, "amount", 7));
                    });
                    assertThat(archived(context)).isEqualTo(1);
                    RollbackReport report = rollback(context, "clerk.work");

                    assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(rows(context)).isEqualTo(before);
                    assertThat(archived(context)).isZero();
                });
    }

    @Test
    void aDataSourceMayLeadToAnother() {
        this.database
                .application(this.directory)
                .withPropertyValues("enact.postgres.connectors.shop.data-source=lazy")
                .withUserConfiguration(Lazy.class)
                .run(context -> {
                    List<String> before = rows(context);

                    new TransactionTemplate(new JdbcTransactionManager(context.getBean("lazy", DataSource.class)))
                            .executeWithoutResult(status -> clerk(context).work(shop -> {
                                shop.updateRow("customer", Map.of("name", "x"), Map.of("id", 1));
                                return shop.updateRow("customer", Map.of("name", "y"), Map.of("name", "x"));
                            }));
                    assertThat(rows(context)).anyMatch(row -> row.startsWith("c(1,y,"));
                    RollbackReport report = rollback(context, "clerk.work");

                    assertThat(report.result()).as(report.message()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(rows(context)).isEqualTo(before);
                });
    }

    @Test
    void aConnectorWhoseDatabaseIsUnclearStopsTheApplication() {
        this.database
                .application(this.directory)
                .withPropertyValues(
                        "test.second=" + this.second.name(), "enact.postgres.connectors.shop.data-source=nowhere")
                .withUserConfiguration(Archive.class)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("dataSource, archiveSource"));
    }

    @Test
    void aConnectorWithoutProtectedTablesOnlyReads() {
        this.database
                .application(this.directory)
                .withPropertyValues("enact.postgres.protect=")
                .run(context -> {
                    assertThat(clerk(context)
                                    .work(shop -> shop.selectRows("orders", Map.of("id", 1)))
                                    .output())
                            .containsEntry("truncated", false);
                    assertThatThrownBy(() -> clerk(context).work(shop -> shop.deleteRow("orders", Map.of("id", 1))))
                            .hasMessageContaining("not protected");
                });
    }

    private static int archived(AssertableApplicationContext context) throws SQLException {
        try (Connection connection =
                        context.getBean("archiveSource", DataSource.class).getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM orders WHERE id = 501")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Lazy {

        @Bean(defaultCandidate = false)
        LazyConnectionDataSourceProxy lazy(HikariDataSource dataSource) {
            return new LazyConnectionDataSourceProxy(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Archive {

        @Bean(defaultCandidate = false)
        HikariDataSource archiveSource(Environment environment) {
            return ConnectorFixture.Application.pool(environment.getRequiredProperty("test.second"), true);
        }
    }
}
