package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.SchemaName;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.undo.postgres.PostgresServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema of its own on the server of all tests. */
final class ReceiptDatabase implements AutoCloseable {

    private final String schema = "receipts " + UUID.randomUUID();

    JdbcReceiptOptions options() {
        return new JdbcReceiptOptions(new SchemaName(this.schema), Duration.ofMinutes(10), Duration.ofSeconds(10));
    }

    DataSource dataSource() {
        return dataSource(PostgresServer.shared().url("postgres"));
    }

    static DataSource dataSource(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    JdbcReceiptStore open() {
        ReceiptSchema.initialize(dataSource(), options());
        return JdbcReceiptStore.open(dataSource(), options());
    }

    /** Runs statements as the owner; names are those in the schema. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs statements as one who has got around all triggers. */
    void tamper(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row. */
    String text(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    Connection connect() throws SQLException {
        Connection connection = dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = \"" + this.schema + '"');
        }
        return connection;
    }

    /** The store with a lease on each log somebody appends to. */
    static ReceiptStore leasing(JdbcReceiptStore store) {
        Set<String> leased = new HashSet<>();
        return (ReceiptStore) Proxy.newProxyInstance(
                ReceiptDatabase.class.getClassLoader(), new Class<?>[] {ReceiptStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("append")) {
                        String log = ((Receipt) ((List<?>) args[0]).get(0)).log();
                        synchronized (leased) {
                            if (leased.add(log)) {
                                store.lease(log);
                            }
                        }
                    }
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    @Override
    public void close() throws SQLException {
        execute("DROP SCHEMA IF EXISTS \"" + this.schema + "\" CASCADE");
    }
}
