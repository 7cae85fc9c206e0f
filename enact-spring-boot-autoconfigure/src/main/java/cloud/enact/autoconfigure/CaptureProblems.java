package cloud.enact.autoconfigure;

import cloud.enact.undo.FailureLog;
import cloud.enact.undo.postgres.CaptureException;
import cloud.enact.undo.postgres.CaptureObjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ObjectProvider;

/** What is missing by now of what captures rows, in a sentence for each database. */
final class CaptureProblems implements Supplier<List<String>> {

    private static final FailureLog failures = new FailureLog(CaptureProblems.class);

    private final EnactProperties.Postgres properties;

    private final ObjectProvider<DataSource> sources;

    CaptureProblems(EnactProperties.Postgres properties, ObjectProvider<DataSource> sources) {
        this.properties = properties;
        this.sources = sources;
    }

    @Override
    public List<String> get() {
        return this.sources
                .orderedStream(ObjectProvider.UNFILTERED)
                .filter(source -> !GuardedDataSources.leadsToGuarded(source))
                .map(this::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> of(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return connection.isWrapperFor(PGConnection.class) ? of(connection) : Optional.empty();
        } catch (SQLException | CaptureException ex) {
            failures.debug("Capture objects could not be looked at", ex);
            return Optional.of(
                    "A database could not be looked at (" + ex.getClass().getSimpleName() + ").");
        }
    }

    private Optional<String> of(Connection connection) throws SQLException {
        CaptureObjects objects = new CaptureObjects(
                this.properties.protect(), List.of(connection.getMetaData().getUserName()));
        int missing = objects.plan(connection).statements().size();
        return (missing == 0)
                ? Optional.empty()
                : Optional.of("Database " + connection.getCatalog() + " lacks " + missing
                        + " statements of what captures rows, so governed actions can't change all of them.");
    }
}
