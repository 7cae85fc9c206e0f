package cloud.enact.undo.postgres;

import cloud.enact.jdbc.SchemaName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema of a test's own on the server of all tests, and a role beside the one that owns it. */
public final class OwnSchema implements AutoCloseable {

    private final SchemaName name = new SchemaName("own " + UUID.randomUUID());

    private final String role = "writer_" + UUID.randomUUID().toString().replace('-', '_');

    /** Makes the role; the schema is made by what is tested. */
    public OwnSchema() throws SQLException {
        try (Connection connection = owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + this.role + " LOGIN");
        }
    }

    public SchemaName name() {
        return this.name;
    }

    /** Name of the role. */
    public String role() {
        return this.role;
    }

    /** Connections of the owner. */
    public PGSimpleDataSource owner() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(PostgresServer.shared().url("postgres"));
        return dataSource;
    }

    /** Connections of the role. */
    public DataSource writer() {
        PGSimpleDataSource dataSource = owner();
        dataSource.setUser(this.role);
        dataSource.setPassword("");
        return dataSource;
    }

    /** Runs statements as the owner; names are those in the schema. */
    public void execute(String... statements) throws SQLException {
        execute(owner(), statements);
    }

    /** Runs statements; names are those in the schema. */
    public void execute(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + this.name.quoted());
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        execute("DROP SCHEMA " + this.name.quoted() + " CASCADE", "DROP ROLE " + this.role);
    }
}
