package cloud.enact.autoconfigure;

import cloud.enact.connector.postgres.ConnectionGuard;
import cloud.enact.gate.EnactStartupException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Sees at start-up that every connection to PostgreSQL is guarded. One is not when its data source was made before
 * whatever puts the guard there, as one is that a bean post-processor needs.
 */
final class GuardVerifier implements SmartInitializingSingleton {

    private final CaptureDatabases databases;

    GuardVerifier(CaptureDatabases databases) {
        this.databases = databases;
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.databases.sources().forEach(GuardVerifier::verify);
    }

    private static void verify(String name, DataSource source) {
        try (Connection connection = source.getConnection()) {
            if (connection.isWrapperFor(PGConnection.class)
                    && !connection.isWrapperFor(ConnectionGuard.Guarded.class)) {
                throw new EnactStartupException(
                        "Nothing that governed actions change through data source " + name + " would be captured,"
                                + " because it was made too early for that.",
                        "See which bean needs it early, such as a BeanPostProcessor or an aspect, and let that take an"
                                + " ObjectProvider<DataSource>.");
            }
        } catch (SQLException ex) {
            throw new EnactStartupException(
                    "Nobody can tell whether the connections of data source " + name + " are guarded: "
                            + ex.getMessage(),
                    "See that the database can be reached.",
                    ex);
        }
    }
}
