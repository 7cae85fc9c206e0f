package cloud.enact.connector.postgres;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.undo.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A database of its own for each test, and applications that work in it. */
public final class GuardedShop implements BeforeEachCallback, AfterEachCallback {

    public final String name = "shop_" + UUID.randomUUID().toString().replace("-", "");

    private final List<String> roles = new ArrayList<>();

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        server("CREATE DATABASE " + this.name);
        admin(
                "CREATE TABLE customer (id int PRIMARY KEY, name text, email text, token text)",
                "CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customer ON DELETE CASCADE)",
                "INSERT INTO customer SELECT i, 'customer ' || i, i || '@example.org', 't' FROM generate_series(1, 9) i",
                "INSERT INTO orders SELECT i, 1 + i % 9 FROM generate_series(1, 30) i");
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        server("DROP DATABASE " + this.name + " WITH (FORCE)");
        for (String role : this.roles) {
            server("DROP ROLE " + role);
        }
        this.roles.clear();
    }

    /** A role that is gone after the test, with its name as its password. */
    public String role(String suffix) throws SQLException {
        String role = this.name + "_" + suffix;
        this.roles.add(role);
        return role;
    }

    public void admin(String... statements) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(this.name)) {
            run(connection, statements);
        }
    }

    public static void server(String... statements) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect()) {
            run(connection, statements);
        }
    }

    public static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = PostgresServer.shared().connect(this.name);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** All rows of the shop. */
    public List<String> rows() throws SQLException {
        return texts("SELECT c::text FROM customer c UNION ALL SELECT o::text FROM orders o ORDER BY 1");
    }

    /** An application whose data source logs in as a role, or as the administrator. */
    public ApplicationContextRunner application(String... properties) throws Exception {
        Path undo = Files.createTempDirectory("enact-shop");
        undo.toFile().deleteOnExit();
        return RowsApplication.on(this.name, undo)
                .withPropertyValues(properties)
                .withUserConfiguration(Shops.class);
    }

    /** Does something as a governed action; returns its run. */
    public static RunId act(ApplicationContext context, String... statements) {
        context.getBean(Shop.class).run(statements);
        return context.getBean(ReceiptStore.class)
                .query(
                        ReceiptFilter.builder()
                                .kind(ReceiptKind.COMPLETED)
                                .action("shop.run")
                                .build(),
                        null,
                        1)
                .receipts()
                .get(0)
                .runId();
    }

    public static RollbackReport rollback(ApplicationContext context, RunId run) {
        return context.getBean(Enact.class).rollback(run);
    }

    public static List<Receipt> receipts(ApplicationContext context, ReceiptKind kind) {
        return context.getBean(ReceiptStore.class)
                .query(ReceiptFilter.ofKind(kind), null, 10)
                .receipts();
    }

    @Configuration(proxyBeanMethods = false)
    public static class Shops {

        @Bean
        DataSource dataSource(Environment environment) {
            return new RoleDataSource(
                    environment.getRequiredProperty("test.database"), environment.getProperty("test.role", ""));
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        Shop shop(JdbcTemplate jdbc) {
            return new Shop(jdbc);
        }
    }

    /** Connections of a role, or of the administrator. */
    static class RoleDataSource extends AbstractDataSource {

        private final String database;

        private final String role;

        RoleDataSource(String database, String role) {
            this.database = database;
            this.role = role;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return this.role.isEmpty() ? PostgresServer.shared().connect(this.database) : getConnection(this.role, "");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return PostgresServer.shared().connect(this.database, username);
        }
    }

    static class Shop {

        private final JdbcTemplate jdbc;

        Shop(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @EnactAction("shop.run")
        public void run(String[] statements) {
            for (String statement : statements) {
                this.jdbc.execute(statement);
            }
        }
    }
}
