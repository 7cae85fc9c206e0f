package cloud.enact.undo.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** One server for all tests of this JVM: that of the property {@code enact.test.postgres.url}, or an embedded one. */
public final class PostgresServer {

    private final String url;

    private PostgresServer(String url) {
        this.url = url;
    }

    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** Whether it stops with this JVM, with all that was left on it. */
    boolean isEmbedded() {
        return external().isBlank();
    }

    private static String external() {
        return System.getProperty("enact.test.postgres.url", "");
    }

    private static PostgresServer start() {
        String external = external();
        if (!external.isBlank()) {
            return new PostgresServer(external);
        }
        try {
            // it stops with the JVM
            EmbeddedPostgres embedded = EmbeddedPostgres.start();
            PostgresServer server = new PostgresServer(embedded.getJdbcUrl("postgres", "postgres"));
            server.requireVersion(Integer.getInteger("enact.test.postgres.major", 0));
            return server;
        } catch (IOException | SQLException ex) {
            throw new IllegalStateException(
                    "No PostgreSQL could be started; name a server with -Denact.test.postgres.url=jdbc:postgresql:…",
                    ex);
        }
    }

    /** Tests of an older server must not pass because they met another one. */
    private void requireVersion(int major) throws SQLException {
        int found = majorVersion();
        if (major != 0 && found != major) {
            throw new IllegalStateException("The server is a PostgreSQL " + found + ", not " + major);
        }
    }

    /** Decides about tests of what older servers do not know. */
    public int majorVersion() throws SQLException {
        try (Connection connection = connect()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        }
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(this.url);
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(in(database));
    }

    public Connection connect(String database, String role) throws SQLException {
        Properties login = new Properties();
        login.put("user", role);
        login.put("password", role);
        String target = in(database).replaceAll("([?&])(user|password)=[^&]*", "$1");
        return DriverManager.getConnection(target, login);
    }

    /** Address of a database, for a process of its own. */
    public String url(String database) {
        return in(database);
    }

    private String in(String database) {
        int from = this.url.lastIndexOf('/') + 1;
        int query = this.url.indexOf('?', from);
        return this.url.substring(0, from) + database + ((query < 0) ? "" : this.url.substring(query));
    }

    private static final class Shared {

        private static final PostgresServer SERVER = start();
    }
}
