package cloud.enact.undo.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of each test's own on the server of all tests, and the roles that come with it. */
public final class OwnDatabase implements BeforeEachCallback, AfterEachCallback {

    private final String name = "own_" + UUID.randomUUID().toString().replace('-', '_');

    private final List<String> roles;

    public OwnDatabase(String... roles) {
        this.roles = List.of(roles);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        onServer("CREATE DATABASE " + this.name);
        for (String role : this.roles) {
            onServer("CREATE ROLE " + role(role) + " LOGIN PASSWORD '" + role(role) + "'");
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        onServer("DROP DATABASE IF EXISTS " + this.name + " WITH (FORCE)");
        for (String role : this.roles) {
            onServer("DROP ROLE IF EXISTS " + role(role));
        }
    }

    public String name() {
        return this.name;
    }

    /** Name of a role on the server, which is its password too. */
    public String role(String role) {
        return role + "_" + this.name;
    }

    /** Address, with the server's own user. */
    public String url() {
        return PostgresServer.shared().url(this.name);
    }

    /** Address for whoever names a user. */
    public String urlWithoutUser() {
        return url().replaceAll("[?&]user=[^&]*", "");
    }

    /** Properties of an application that keeps its receipts in it. */
    public String[] receipts() {
        return new String[] {
            "enact.receipts.store=jdbc",
            "enact.receipts.jdbc.initialize-schema=always",
            "spring.datasource.url=" + url(),
            "spring.datasource.username=postgres",
            "spring.data.jpa.repositories.enabled=false"
        };
    }

    public Connection connect() throws SQLException {
        return PostgresServer.shared().connect(this.name);
    }

    /** Runs a statement in it. */
    public void execute(String sql) throws SQLException {
        execute(this.name, sql);
    }

    /** Runs a statement beside it. */
    public static void onServer(String sql) throws SQLException {
        execute("postgres", sql);
    }

    public static void execute(String database, String sql) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
