package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.postgres.CaptureException;
import cloud.enact.undo.postgres.CaptureObjects;
import cloud.enact.undo.postgres.CapturePlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Sees at start-up that everything is in the databases that capturing needs, or puts it there. */
final class CaptureSchemaVerifier implements SmartInitializingSingleton {

    private static final Log logger = LogFactory.getLog(CaptureSchemaVerifier.class);

    private final EnactProperties.Postgres properties;

    private final ObjectProvider<DataSource> sources;

    CaptureSchemaVerifier(EnactProperties.Postgres properties, ObjectProvider<DataSource> sources) {
        this.properties = properties;
        this.sources = sources;
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.sources
                // also those that are no candidates where nobody asks for them by name
                .orderedStream(ObjectProvider.UNFILTERED)
                .filter(source -> !GuardedDataSources.leadsToGuarded(source))
                .forEach(this::verify);
    }

    private void verify(DataSource source) {
        try (Connection connection = source.getConnection()) {
            if (connection.isWrapperFor(PGConnection.class)) {
                verify(connection);
            }
        } catch (SQLException | CaptureException ex) {
            throw new EnactStartupException(
                    "Nobody can tell whether the rows of " + this.properties.protect() + " are captured: "
                            + ex.getMessage(),
                    "See that the database can be reached and that its role may look at its own tables.",
                    ex);
        }
    }

    private void verify(Connection connection) throws SQLException {
        CaptureObjects objects = new CaptureObjects(
                this.properties.protect(), List.of(connection.getMetaData().getUserName()));
        CapturePlan plan = (this.properties.captureSchema() == EnactProperties.CaptureSchema.CREATE)
                ? objects.install(connection, this.properties.lockTimeout())
                : objects.plan(connection);
        plan.skipped().forEach(logger::warn);
        if (this.properties.captureSchema() == EnactProperties.CaptureSchema.VALIDATE && !plan.isEmpty()) {
            throw new EnactStartupException(
                    "Rows of " + this.properties.protect() + " would not be captured, because the database lacks "
                            + plan.statements().size() + " statements.",
                    "Set enact.postgres.capture-schema to create, or run this SQL:\n\n" + plan.script());
        }
    }
}
