package cloud.enact.undo.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Empty databases of the shared server: to make one takes longer than most tests need it for. One that is given back is
 * emptied, and taken again only where nothing at all is left in it; what somebody's own server has is dropped.
 */
public final class CleanDatabases {

    /** Since this version, whose the schema {@code public} is does not depend on who makes it. */
    private static final int VERSION = 15;

    /** What is made later than the server has a higher number. */
    private static final String LEFT = "SELECT (SELECT count(*) FROM pg_class WHERE oid >= 16384)"
            + " + (SELECT count(*) FROM pg_proc WHERE oid >= 16384)"
            + " + (SELECT count(*) FROM pg_type WHERE oid >= 16384)"
            + " + (SELECT count(*) FROM pg_namespace WHERE oid >= 16384 AND nspname <> 'public')"
            + " + (SELECT count(*) FROM pg_extension WHERE oid >= 16384)"
            + " + (SELECT count(*) FROM pg_language WHERE oid >= 16384)"
            + " + (SELECT count(*) FROM pg_cast WHERE oid >= 16384)"
            + " + (SELECT count(*) FROM pg_foreign_data_wrapper)"
            + " + (SELECT count(*) FROM pg_event_trigger)"
            + " + (SELECT count(*) FROM pg_publication)"
            + " + (SELECT count(*) FROM pg_default_acl)"
            + " + (SELECT count(*) FROM pg_largeobject_metadata)"
            + " + (SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database())"
            + " + (SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase"
            + " WHERE d.datname = current_database())"
            + " + (SELECT count(*) FROM pg_database WHERE datname = current_database() AND datacl IS NOT NULL)";

    private final Queue<String> clean = new ConcurrentLinkedQueue<>();

    private CleanDatabases() {}

    public static CleanDatabases shared() {
        return Shared.DATABASES;
    }

    /** Name of a database that nobody else has. */
    public String take() throws SQLException {
        String name = this.clean.poll();
        if (name == null) {
            name = "clean_" + UUID.randomUUID().toString().replace("-", "");
            server("CREATE DATABASE " + name);
        }
        return name;
    }

    /** Takes one back, with all that is in it and whoever is still connected. */
    public void giveBack(String name) throws SQLException {
        PostgresServer server = PostgresServer.shared();
        if (server.isEmbedded() && server.majorVersion() >= VERSION && isEmptied(name)) {
            this.clean.add(name);
        } else {
            server("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    private static boolean isEmptied(String name) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            statement.execute("DO $$DECLARE name text; BEGIN FOR name IN SELECT nspname FROM pg_namespace"
                    + " WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'"
                    + " LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP; END$$");
            statement.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner");
            statement.execute("GRANT USAGE ON SCHEMA public TO PUBLIC");
            statement.execute("COMMENT ON SCHEMA public IS 'standard public schema'");
            try (ResultSet left = statement.executeQuery(LEFT)) {
                left.next();
                return left.getLong(1) == 0;
            }
        } catch (SQLException ex) {
            // something keeps what should go: it goes with the database
            return false;
        }
    }

    private static void server(String sql) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class Shared {

        private static final CleanDatabases DATABASES = new CleanDatabases();
    }
}
