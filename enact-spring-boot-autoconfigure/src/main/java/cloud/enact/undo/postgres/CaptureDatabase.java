package cloud.enact.undo.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The capture objects of one database, as whoever owns them looks after them. Thread-safe. */
public final class CaptureDatabase {

    private final Connections owner;

    private final CaptureObjects objects;

    private final Duration patience;

    /**
     * Creates the care for one database.
     *
     * @param owner connections of the role that owns, or shall own, the capture objects
     * @param protect patterns of the tables to capture
     * @param roles the roles whose transactions are captured
     * @param patience how long to wait for a lock
     */
    public CaptureDatabase(Connections owner, List<String> protect, List<String> roles, Duration patience) {
        this.owner = owner;
        this.objects = new CaptureObjects(protect, roles);
        this.patience = patience;
    }

    /** Says what is missing. Changes nothing. */
    public CapturePlan plan() {
        return with(this.objects::plan);
    }

    /** Makes what is missing, and returns it. */
    public CapturePlan install() {
        return with(connection -> this.objects.install(connection, this.patience));
    }

    /** Those of some roles that can change undo data because of what they are, although they should not. */
    public List<String> powerful(List<String> roles) {
        return with(connection -> this.objects.powerful(connection, roles));
    }

    /** The SQL that takes all capture objects away, and with them everything that was captured. */
    public CapturePlan removal() {
        return with(this.objects::removal);
    }

    /** Takes all capture objects away, and with them everything that was captured. */
    public void remove() {
        with(connection -> {
            this.objects.remove(connection, this.patience);
            return true;
        });
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = this.owner.open()) {
            return work.on(connection);
        } catch (SQLException ex) {
            throw CaptureException.at("The database can't be reached", ex);
        }
    }

    /** Something done with a connection. */
    private interface Work<T> {

        T on(Connection connection);
    }
}
