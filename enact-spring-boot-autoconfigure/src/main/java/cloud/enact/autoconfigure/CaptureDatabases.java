package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.postgres.CaptureDatabase;
import cloud.enact.undo.postgres.Connections;
import cloud.enact.undo.postgres.OwnerLogin;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ListableBeanFactory;

/** The data sources that lead to PostgreSQL, and the roles that look after the undo data behind them. */
final class CaptureDatabases {

    private final EnactProperties.Postgres properties;

    private final ListableBeanFactory beans;

    CaptureDatabases(EnactProperties.Postgres properties, ListableBeanFactory beans) {
        this.properties = properties;
        this.beans = beans;
    }

    /** All of them, by the name of the data source; connects to each. */
    Map<String, Entry> all() {
        Map<String, Entry> all = new LinkedHashMap<>();
        sources().forEach((name, source) -> {
            try {
                find(name, source).ifPresent(entry -> all.put(name, entry));
            } catch (SQLException ex) {
                throw new EnactStartupException(
                        "Nobody can tell whether the rows of " + this.properties.protect() + " in data source " + name
                                + " are captured. The database can't be reached: " + ex.getMessage(),
                        "See that it can be reached.",
                        ex);
            }
        });
        return all;
    }

    /** The data sources that are no mere way to another one. */
    Map<String, DataSource> sources() {
        Map<String, DataSource> sources = new LinkedHashMap<>(this.beans.getBeansOfType(DataSource.class, true, false));
        sources.values().removeIf(GuardedDataSources::leadsToGuarded);
        return sources;
    }

    /** The database behind a data source, where that is PostgreSQL. */
    Optional<Entry> find(String name, DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.isWrapperFor(PGConnection.class)
                    ? Optional.of(entry(
                            name,
                            source,
                            connection.getCatalog(),
                            connection.getMetaData().getUserName()))
                    : Optional.empty();
        }
    }

    /** The capture objects of all of them. */
    Map<String, CaptureDatabase> objects() {
        Map<String, CaptureDatabase> objects = new LinkedHashMap<>();
        all().forEach((name, entry) -> objects.put(name, entry.database()));
        return objects;
    }

    private Entry entry(String name, DataSource source, String catalog, String role) {
        List<String> roles = new ArrayList<>(List.of(role));
        this.properties.roles().stream().filter(other -> !roles.contains(other)).forEach(roles::add);
        Connections owner = owner(this.properties, name, source);
        return new Entry(
                catalog,
                new CaptureDatabase(owner, this.properties.protect(), roles, this.properties.lockTimeout()),
                roles,
                owner instanceof OwnConnections);
    }

    /** Connections of the role that owns the undo data: the configured one, or else that of the application. */
    static Connections owner(EnactProperties.Postgres properties, String name, DataSource source) {
        EnactProperties.Owner owner = properties.owners().getOrDefault(name, properties.owner());
        return (owner.username() != null) ? new OwnConnections(source, owner, owner.username()) : source::getConnection;
    }

    /**
     * A database.
     *
     * @param name what the server calls it
     * @param database its capture objects
     * @param roles the roles whose transactions are captured, that of the application first
     * @param owned whether the undo data belongs to a role of its own
     */
    record Entry(String name, CaptureDatabase database, List<String> roles, boolean owned) {

        /** The role of the application. */
        String role() {
            return this.roles.get(0);
        }
    }

    /** Connections of another role to where those of a data source lead, or to where it is told. */
    private record OwnConnections(DataSource source, EnactProperties.Owner owner, String user) implements Connections {

        @Override
        public Connection open() throws SQLException {
            String url = this.owner.url();
            return new OwnerLogin((url != null) ? url : urlOfSource(), this.user, this.owner.password()).open();
        }

        private String urlOfSource() throws SQLException {
            try (Connection connection = this.source.getConnection()) {
                return connection.getMetaData().getURL();
            }
        }
    }
}
