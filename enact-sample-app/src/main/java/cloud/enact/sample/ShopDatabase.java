package cloud.enact.sample;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/** Where the shop's rows are: a database that is made for this start and dropped at its end, on whichever server. */
@Component
final class ShopDatabase implements JdbcConnectionDetails, DisposableBean {

    private final String name = "enact_demo_" + UUID.randomUUID().toString().replace("-", "");

    private final @Nullable LocalServer local;

    private final PGSimpleDataSource server;

    private final PGSimpleDataSource database;

    // the workspace holds the data of the local server, so it goes after this
    ShopDatabase(DemoProperties properties, Workspace workspace, ObjectProvider<LocalServer> local)
            throws SQLException {
        this.local = local.getIfAvailable();
        this.server = server(properties);
        this.database = server(properties);
        this.database.setDatabaseName(this.name);
        execute("CREATE DATABASE " + this.name);
    }

    private PGSimpleDataSource server(DemoProperties properties) {
        if (this.local != null) {
            return this.local.postgres();
        }
        PGSimpleDataSource named = new PGSimpleDataSource();
        try {
            named.setUrl(properties.postgresUrl());
        } catch (IllegalArgumentException ex) {
            // its message has the URL, which may hold a password
            throw new IllegalArgumentException(
                    "demo.postgres-url is no URL such as jdbc:postgresql://localhost/postgres?user=me");
        }
        return named;
    }

    @Override
    public String getJdbcUrl() {
        return this.database.getURL();
    }

    @Override
    public @Nullable String getUsername() {
        return this.database.getUser();
    }

    @Override
    public @Nullable String getPassword() {
        return this.database.getPassword();
    }

    @Override
    public void destroy() throws SQLException {
        if (this.local != null) {
            this.local.stop();
        } else {
            execute("DROP DATABASE " + this.name + " WITH (FORCE)");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = this.server.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
