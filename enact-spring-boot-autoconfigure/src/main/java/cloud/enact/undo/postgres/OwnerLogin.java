package cloud.enact.undo.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How the role that owns the capture objects gets into one database. Each connection is opened when it is asked for:
 * this is for work that is done now and then.
 *
 * @param url of JDBC; a user or password in it does not count
 * @param user the role
 * @param password its password, or {@code null} when the server asks for none
 */
public record OwnerLogin(String url, String user, @Nullable String password) implements Connections {

    /** Whether a URL is one of PostgreSQL. */
    public static boolean isUrl(String url) {
        return read(url) != null;
    }

    /** Whether a URL carries a password, of the role or of its key. */
    public static boolean holdsPassword(String url) {
        PGSimpleDataSource read = read(url);
        return read != null && (read.getPassword() != null || read.getSslPassword() != null);
    }

    @Override
    public Connection open() throws SQLException {
        PGSimpleDataSource dataSource = read(this.url);
        if (dataSource == null) {
            throw new SQLException("The URL is none of PostgreSQL, such as jdbc:postgresql://host/database");
        }
        dataSource.setUser(this.user);
        dataSource.setPassword((this.password != null) ? this.password : "");
        return dataSource.getConnection();
    }

    private static @Nullable PGSimpleDataSource read(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        try {
            dataSource.setURL(url);
            return dataSource;
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "OwnerLogin[***]";
    }
}
