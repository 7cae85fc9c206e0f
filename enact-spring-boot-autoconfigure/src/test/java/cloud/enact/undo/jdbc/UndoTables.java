package cloud.enact.undo.jdbc;

import cloud.enact.jdbc.SchemaName;
import cloud.enact.undo.HmacUndoSeal;
import cloud.enact.undo.UndoEncryption;
import cloud.enact.undo.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema of its own on the server of all tests. */
final class UndoTables implements AutoCloseable {

    private final SchemaName schema = new SchemaName("undo " + UUID.randomUUID());

    UndoTables() {
        UndoSchema.initialize(dataSource(), options());
    }

    JdbcUndoOptions options() {
        return new JdbcUndoOptions(this.schema, Duration.ofMinutes(10), Duration.ofSeconds(10));
    }

    static DataSource dataSource() {
        return dataSource(PostgresServer.shared().url("postgres"));
    }

    static DataSource dataSource(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    static DataSource dataSourceOf(String role) {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) dataSource();
        dataSource.setUser(role);
        dataSource.setPassword("");
        return dataSource;
    }

    JdbcUndoLog open() {
        return open("one", null);
    }

    JdbcUndoLog open(String secret, @Nullable UndoEncryption encryption) {
        return JdbcUndoLog.open(dataSource(), options(), new HmacUndoSeal(secret), encryption);
    }

    /** Runs statements as the owner; names are those in the schema. */
    void execute(String... statements) throws SQLException {
        execute(dataSource(), statements);
    }

    void execute(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + this.schema.quoted());
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs statements as one who has got around all triggers. */
    void tamper(String... statements) throws SQLException {
        execute("SET session_replication_role = replica; " + String.join("; ", statements));
    }

    /** The first column of the first row. */
    String text(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + this.schema.quoted());
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        execute("DROP SCHEMA IF EXISTS " + this.schema.quoted() + " CASCADE");
    }
}
