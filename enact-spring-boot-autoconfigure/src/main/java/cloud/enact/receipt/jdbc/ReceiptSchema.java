package cloud.enact.receipt.jdbc;

import cloud.enact.receipt.ReceiptStoreException;
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
 * The tables and functions of the store, and the scripts that make them: {@code postgresql-1.sql} makes version 1, and
 * each later one leads from the version before.
 */
public final class ReceiptSchema {

    /** The version this release writes. */
    static final int VERSION = 1;

    private ReceiptSchema() {}

    /** Where the script of a version, or of a kind of role, is on the class path. */
    private static String script(Object name) {
        return "cloud/enact/receipt/jdbc/postgresql-" + name + ".sql";
    }

    /**
     * Makes what is missing, in one transaction; of several nodes that start at once one does the work.
     *
     * @param owner connections of the role that is to own the tables
     * @throws ReceiptStoreException when it can't be made, or a newer version made it
     */
    public static void initialize(DataSource owner, JdbcReceiptOptions options) {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL statement_timeout = '60s'");
                lock(connection, options.schema());
                if (!exists(connection, options.schema())) {
                    statement.execute("CREATE SCHEMA " + options.quotedSchema());
                }
                requireClosed(connection, options);
                int version = version(connection, options);
                requireKnown(version);
                for (int next = version + 1; next <= VERSION; next++) {
                    statement.execute(text(script(next)).replace(":\"schema\"", options.quotedSchema()));
                }
            }
            connection.commit();
        } catch (SQLException ex) {
            throw Failure.of("prepared", ex);
        }
    }

    /**
     * Gives a role the right to append and to read, and none to change.
     *
     * @param owner connections of the role that owns the tables
     * @param role name of the other one
     */
    public static void grantWriting(DataSource owner, JdbcReceiptOptions options, String role) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // two nodes that grant the same at once would get into each other's way
            lock(connection, options.schema());
            statement.execute(text(script("writer"))
                    .replace(":\"schema\"", options.quotedSchema())
                    .replace(":\"role\"", '"' + role.replace("\"", "\"\"") + '"'));
            connection.commit();
        } catch (SQLException ex) {
            throw Failure.of("prepared", ex);
        }
    }

    /**
     * Checks that the tables are there, and of this version.
     *
     * @throws ReceiptStoreException when they are not
     */
    static void require(Connection connection, JdbcReceiptOptions options) throws SQLException {
        int version = version(connection, options);
        requireKnown(version);
        if (version < VERSION) {
            throw new ReceiptStoreException(
                    "The tables of the receipt store are missing in schema " + options.schema() + ", or older than"
                            + " version " + VERSION + ". Set enact.receipts.jdbc.initialize-schema=always, or run "
                            + script(version + 1) + " of the Enact jar as the role that is to own them",
                    null);
        }
        requireClosed(connection, options);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            if (row.next() && !row.getString(1).equals("UTF8")) {
                throw new ReceiptStoreException(
                        "The database of the receipt store has encoding " + row.getString(1)
                                + ", which can't hold every name; use a database with UTF8",
                        null);
            }
        }
    }

    /** The functions of the store run as their owner, and would call what anybody puts beside them. */
    private static void requireClosed(Connection connection, JdbcReceiptOptions options) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT has_schema_privilege('public', oid, 'CREATE') FROM pg_namespace WHERE nspname = ?")) {
            query.setString(1, options.schema());
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    throw new ReceiptStoreException(
                            "Every role may make tables and functions in schema " + options.schema()
                                    + ", and receipts would not be safe from them there. Take that right away (REVOKE"
                                    + " CREATE ON SCHEMA " + options.quotedSchema() + " FROM PUBLIC), or name a schema"
                                    + " of its own in enact.receipts.jdbc.schema",
                            null);
                }
            }
        }
    }

    private static void requireKnown(int version) {
        if (version > VERSION) {
            throw new ReceiptStoreException(
                    "The receipt store was prepared by a newer version of Enact (schema " + version
                            + ", this one knows up to " + VERSION
                            + "). Start the newer version again, or name another schema",
                    null);
        }
    }

    private static int version(Connection connection, JdbcReceiptOptions options) throws SQLException {
        String table = options.quotedSchema() + ".receipt_schema";
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

    /** Held until the end of the transaction. */
    private static void lock(Connection connection, String schema) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "enact.receipt_schema." + schema);
            lock.execute();
        }
    }

    /** Asks first: whoever may not create schemas may not even say IF NOT EXISTS. */
    private static boolean exists(Connection connection, String schema) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)")) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String text(String script) {
        try (InputStream stream = ReceiptSchema.class.getClassLoader().getResourceAsStream(script)) {
            if (stream == null) {
                throw new IllegalStateException(script + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
