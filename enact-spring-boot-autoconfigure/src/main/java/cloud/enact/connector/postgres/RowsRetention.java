package cloud.enact.connector.postgres;

import cloud.enact.action.RunId;
import cloud.enact.undo.Prunable;
import cloud.enact.undo.postgres.CaptureException;
import cloud.enact.undo.postgres.Connections;
import cloud.enact.undo.postgres.UndoRetention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Old rows of one database that go. Thread-safe. */
public final class RowsRetention implements Prunable {

    private final String database;

    private final Connections connections;

    private final UndoRetention retention;

    /**
     * Creates the retention for one database.
     *
     * @param database name of the guarded data source
     * @param connections whose role owns the capture objects
     * @param patience how long to wait for a lock
     */
    public RowsRetention(String database, Connections connections, Duration patience) {
        this.database = database;
        this.connections = connections;
        this.retention = new UndoRetention(patience);
    }

    @Override
    public String connector() {
        return this.database;
    }

    @Override
    public List<Expired> expired(Instant before, Set<RunId> without, int limit) {
        List<UUID> excluded = values(without);
        return with(connection -> this.retention.expired(connection, before, excluded, limit).stream()
                .map(run -> new Expired(new RunId(run.getKey()), run.getValue()))
                .toList());
    }

    @Override
    public boolean giveUp(RunId runId, Instant before) {
        return with(connection -> this.retention.giveUp(connection, runId.value(), before));
    }

    @Override
    public List<RunId> givenUp(int limit) {
        return with(connection -> this.retention.givenUp(connection, limit).stream()
                .map(RunId::new)
                .toList());
    }

    @Override
    public long remove(List<RunId> runs) {
        return with(connection -> this.retention.remove(connection, values(runs)));
    }

    private static List<UUID> values(Collection<RunId> runs) {
        return runs.stream().map(RunId::value).toList();
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = this.connections.open()) {
            return work.on(connection);
        } catch (SQLException ex) {
            throw new CaptureException("Database " + this.database + " can't be reached", ex);
        }
    }

    /** Something done with a connection. */
    private interface Work<T> {

        T on(Connection connection);
    }
}
