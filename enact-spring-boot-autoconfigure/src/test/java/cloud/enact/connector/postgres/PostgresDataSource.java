package cloud.enact.connector.postgres;

import cloud.enact.undo.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** One database of the shared server. */
final class PostgresDataSource extends AbstractDataSource {

    private final String database;

    PostgresDataSource(String database) {
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return PostgresServer.shared().connect(this.database);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return PostgresServer.shared().connect(this.database, username);
    }
}
