package cloud.enact.undo.jdbc;

import cloud.enact.action.RunId;
import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.Heartbeat;
import cloud.enact.jdbc.Sql;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Who undoes which run: a row for each, with a token that is used once and a time to live by the clock of the server. A
 * thread renews those of this process. Somebody else takes a row over when nobody renewed it, and from then on nothing
 * is begun with the old token. Thread-safe.
 */
final class RunClaims implements AutoCloseable {

    private static final Log logger = LogFactory.getLog(RunClaims.class);

    private final Connections connections;

    private final Duration lease;

    private final String take;

    private final String renew;

    private final String release;

    private final Set<Long> held = ConcurrentHashMap.newKeySet();

    private final Heartbeat heart;

    RunClaims(Connections connections, Sql sql, Duration lease) {
        this.connections = connections;
        this.lease = lease;
        this.take = sql.of("SELECT enact.undo_take(?, ?, make_interval(secs => ?))");
        this.renew = sql.of("SELECT enact.undo_renew(?)");
        this.release = sql.of("SELECT enact.undo_release(?)");
        this.heart = new Heartbeat("enact-undo-claims", this::renewAll);
    }

    /** Starts to renew what is held. */
    void start() {
        this.heart.start(this.lease);
    }

    Optional<UndoLog.Claim> take(RunId runId) {
        return this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(this.take)) {
                statement.setObject(1, runId.value());
                statement.setString(2, "process " + ProcessHandle.current().pid());
                statement.setDouble(3, this.lease.toMillis() / 1000.0);
                try (ResultSet row = statement.executeQuery()) {
                    long token = row.next() ? row.getLong(1) : 0;
                    if (token == 0) {
                        return Optional.empty();
                    }
                    this.held.add(token);
                    return Optional.of(new RunClaim(token, this));
                }
            }
        });
    }

    /** Renews all claims. What fails is tried again: a claim is good until somebody else takes it. */
    void beat() {
        this.heart.beat();
    }

    private void renewAll() {
        Set<Long> asked = new HashSet<>(this.held);
        if (asked.isEmpty()) {
            return;
        }
        Set<Long> renewed = renew(asked);
        asked.stream()
                .filter(token -> !renewed.contains(token) && this.held.remove(token))
                .forEach(token -> logger.error("Another process took over a rollback of this one, which was not"
                        + " heard of for " + this.lease + "; this one goes no further"));
    }

    private Set<Long> renew(Set<Long> tokens) {
        return this.connections.writeRepeatably(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(this.renew)) {
                statement.setArray(1, connection.createArrayOf("int8", tokens.toArray()));
                Set<Long> renewed = new HashSet<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        renewed.add(rows.getLong(1));
                    }
                }
                return renewed;
            }
        });
    }

    /** Gives a claim back, once. */
    void release(long token) {
        if (!this.held.remove(token)) {
            return;
        }
        try {
            this.connections.writeRepeatably(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(this.release)) {
                    statement.setLong(1, token);
                    return statement.execute();
                }
            });
        } catch (UndoLogException ex) {
            // what was undone is undone, and the claim ends by itself
            logger.warn("A claim on a run could not be given back; it ends in " + this.lease);
            logger.debug("The claim could not be given back", ex);
        }
    }

    /** Stops renewing; does not wait. */
    @Override
    public void close() {
        this.heart.close();
    }
}
