package cloud.enact.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The scripts that make the tables and functions of one store in a schema: {@code postgresql-1.sql} makes version 1, and
 * each later one leads from the version before. Several stores may share a schema.
 *
 * @param name what names of the store's tables begin with; {@code name_schema} holds its version
 * @param folder where the scripts are on the class path
 * @param version the version this release writes
 * @param failures what to throw
 */
public record SchemaScripts(String name, String folder, int version, Failures<?> failures) {

    /** Where the script of a version, or of a kind of role, is on the class path. */
    private String script(Object kind) {
        return this.folder + "/postgresql-" + kind + ".sql";
    }

    /**
     * Makes what is missing, in one transaction; of several nodes that start at once one does the work.
     *
     * @param owner connections of the role that is to own the tables
     */
    public void initialize(DataSource owner, SchemaName schema) {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL statement_timeout = '60s'");
                lock(connection, schema);
                makeUnlessThere(connection, schema);
                requireClosed(connection, schema);
                int made = version(connection, schema);
                requireKnown(made);
                for (int next = made + 1; next <= this.version; next++) {
                    statement.execute(text(script(next)).replace(":\"schema\"", schema.quoted()));
                }
            }
            connection.commit();
        } catch (SQLException ex) {
            throw this.failures.of("prepared", ex);
        }
    }

    /**
     * Gives a role the rights of a writer.
     *
     * @param owner connections of the role that owns the tables
     * @param role name of the other one
     */
    public void grantWriting(DataSource owner, SchemaName schema, String role) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // two nodes that grant the same at once would get into each other's way
            lock(connection, schema);
            statement.execute(text(script("writer"))
                    .replace(":\"schema\"", schema.quoted())
                    .replace(":\"role\"", '"' + role.replace("\"", "\"\"") + '"'));
            connection.commit();
        } catch (SQLException ex) {
            throw this.failures.of("prepared", ex);
        }
    }

    /** Checks that the tables are there, and of this version. */
    public void require(Connection connection, SchemaName schema) throws SQLException {
        int made = version(connection, schema);
        requireKnown(made);
        if (made < this.version) {
            throw this.failures.because(
                    "has no tables in schema " + schema.name() + ", or they are older than version "
                            + this.version + ". Set enact.receipts.jdbc.initialize-schema=always, or run "
                            + script(made + 1) + " of the Enact jar as the role that is to own them",
                    null);
        }
        requireClosed(connection, schema);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            if (row.next() && !row.getString(1).equals("UTF8")) {
                throw this.failures.because(
                        "is in a database with encoding " + row.getString(1)
                                + ", which can't hold every name; use a database with UTF8",
                        null);
            }
        }
    }

    /** The functions of a store run as their owner, and would call what anybody puts beside them. */
    private void requireClosed(Connection connection, SchemaName schema) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT has_schema_privilege('public', oid, 'CREATE') FROM pg_namespace WHERE nspname = ?")) {
            query.setString(1, schema.name());
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    throw this.failures.because(
                            "is not safe in schema " + schema.name()
                                    + ": every role may make tables and functions there. Take that right away (REVOKE"
                                    + " CREATE ON SCHEMA " + schema.quoted() + " FROM PUBLIC), or name a schema"
                                    + " of its own in enact.receipts.jdbc.schema",
                            null);
                }
            }
        }
    }

    private void requireKnown(int made) {
        if (made > this.version) {
            throw this.failures.because(
                    "was prepared by a newer version of Enact (schema " + made + ", this one knows up to "
                            + this.version + "). Start the newer version again, or name another schema",
                    null);
        }
    }

    private int version(Connection connection, SchemaName schema) throws SQLException {
        String table = schema.quoted() + "." + this.name + "_schema";
        try (PreparedStatement query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    return 0;
                }
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(version), 0) FROM " + table)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** Makes a schema unless it is there. */
    public static void makeUnlessThere(Connection connection, SchemaName schema) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)");
                Statement statement = connection.createStatement()) {
            query.setString(1, schema.name());
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    // whoever may not make schemas may not even say IF NOT EXISTS
                    return;
                }
            }
            statement.execute("CREATE SCHEMA " + schema.quoted());
        }
    }

    /** Held until the end of the transaction. */
    private static void lock(Connection connection, SchemaName schema) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "enact.schema." + schema.name());
            lock.execute();
        }
    }

    private static String text(String script) {
        try (InputStream stream = SchemaScripts.class.getClassLoader().getResourceAsStream(script)) {
            if (stream == null) {
                throw new IllegalStateException(script + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
