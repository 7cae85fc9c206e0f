package cloud.enact.connector.postgres;

import cloud.enact.Enact;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.undo.postgres.CleanDatabases;
import cloud.enact.undo.postgres.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** A database with customers and their orders, and an application with a connector {@code shop} for it. */
final class ConnectorFixture implements BeforeEachCallback, AfterEachCallback {

    private String database = "";

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        this.database = CleanDatabases.shared().take();
        sql(
                "CREATE TABLE customer (id int PRIMARY KEY, name varchar(20) NOT NULL, balance numeric(10, 2), active boolean,"
                        + " tags text[], extra jsonb, born date, photo bytea, email text UNIQUE)");
        sql("CREATE TABLE orders (id serial PRIMARY KEY, customer int REFERENCES customer ON DELETE CASCADE,"
                + " amount numeric)");
        sql("CREATE TABLE note (text text)");
        sql("CREATE SCHEMA \"we ird\"");
        sql("CREATE TABLE \"we ird\".\"a.\"\";-- ?\" (\"x\"\";-- ?\" int PRIMARY KEY, \"y z\" text)");
        sql("INSERT INTO customer (id, name, balance, active) SELECT i, 'customer ' || i, i, i > 5"
                + " FROM generate_series(1, 47) i");
        sql("INSERT INTO orders (customer, amount) SELECT 1 + i % 47, i FROM generate_series(1, 100) i");
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        CleanDatabases.shared().giveBack(this.database);
    }

    /** The application, with its undo data below a directory. */
    ApplicationContextRunner application(Path directory) {
        return RowsApplication.on(this.database, directory)
                .withPropertyValues(
                        "enact.postgres.protect=public.customer,public.orders,we ird.*",
                        "enact.postgres.connectors.shop.operations=select_rows,count_rows,insert_row,insert_rows,"
                                + "update_row,delete_row,upsert_row",
                        "enact.postgres.connectors.shop.tables=public.*,we ird.*")
                .withUserConfiguration(Application.class);
    }

    /** Name of the database. */
    String name() {
        return this.database;
    }

    /** Does something as a person would, outside of any action. */
    void sql(String sql) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(this.database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static Clerk clerk(ApplicationContext context) {
        return context.getBean(Clerk.class);
    }

    /** All rows there are. */
    static List<String> rows(ApplicationContext context) {
        return context.getBean(JdbcTemplate.class)
                .queryForList(
                        "SELECT 'c' || c::text FROM customer c UNION ALL SELECT 'o' || o::text FROM orders o"
                                + " UNION ALL SELECT 'n' || n::text FROM note n"
                                + " UNION ALL SELECT 'w' || w::text FROM \"we ird\".\"a.\"\";-- ?\" w ORDER BY 1",
                        String.class);
    }

    static List<Receipt> receipts(ApplicationContext context, String action, ReceiptKind kind) {
        return context.getBean(ReceiptStore.class).query(ReceiptFilter.ofAction(action), null, 100).receipts().stream()
                .filter(receipt -> receipt.kind() == kind)
                .toList();
    }

    static String taken(ApplicationContext context, String action) {
        return String.valueOf(
                receipts(context, action, ReceiptKind.COMPLETED).get(0).fields().get("actions_taken"));
    }

    static RollbackReport rollback(ApplicationContext context, String action) {
        RunId run = receipts(context, action, ReceiptKind.COMPLETED).get(0).runId();
        return context.getBean(Enact.class).rollback(run);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Application {

        @Bean
        HikariDataSource dataSource(Environment environment) {
            return pool(
                    environment.getRequiredProperty("test.database"),
                    environment.getProperty("test.auto-commit", Boolean.class, true));
        }

        static HikariDataSource pool(String database, boolean autoCommit) {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setDataSource(new PostgresDataSource(database));
            dataSource.setAutoCommit(autoCommit);
            dataSource.setMaximumPoolSize(2);
            dataSource.setConnectionTimeout(5000);
            return dataSource;
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        Clerk clerk(@Qualifier("shop") PostgresConnector connector) {
            return new Clerk(connector);
        }
    }
}
