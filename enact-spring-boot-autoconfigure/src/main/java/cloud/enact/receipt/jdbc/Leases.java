package cloud.enact.receipt.jdbc;

import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.Heartbeat;
import cloud.enact.jdbc.Sql;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.LogLeaseLostException;
import cloud.enact.receipt.ReceiptStoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The leases this process holds: each a token that the database takes appends with, until somebody else has a newer
 * one. An append renews its lease; a thread renews those of logs that have nothing to write. Thread-safe.
 */
final class Leases implements AutoCloseable {

    private static final Log logger = LogFactory.getLog(Leases.class);

    private final Connections connections;

    private final JdbcReceiptOptions options;

    private final String owner;

    private final String acquire;

    private final String renew;

    private final String release;

    private final String held;

    private final String addPartitions;

    private final Map<String, Long> tokens = new ConcurrentHashMap<>();

    private final Map<String, Span> spans = new ConcurrentHashMap<>();

    private final Heartbeat heart;

    Leases(Connections connections, Sql sql, JdbcReceiptOptions options, String owner) {
        this.connections = connections;
        this.options = options;
        this.owner = owner;
        this.acquire = sql.of("SELECT * FROM enact.receipt_lease(?, ?, make_interval(secs => ?))");
        this.renew = sql.of("SELECT enact.receipt_renew(?, ?)");
        this.release = sql.of("SELECT enact.receipt_release(?, ?)");
        this.held = sql.of(
                "SELECT EXISTS (SELECT FROM enact.receipt_log WHERE log = ? AND expires_at > clock_timestamp())");
        this.addPartitions = sql.of("SELECT enact.receipt_add_partition(now()),"
                + " enact.receipt_add_partition(date_trunc('month', now()) + interval '40 days')");
        this.heart = new Heartbeat("enact-receipts-lease", this::renewAll);
    }

    /** Starts to renew what is held, and to make partitions ahead. */
    void start() {
        this.heart.start(this.options.lease());
    }

    /** Leases the oldest log that nobody writes, else the new one. */
    LogLease lease(String newLog) {
        long asked = System.nanoTime();
        return this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(this.acquire)) {
                statement.setString(1, newLog);
                statement.setString(2, this.owner);
                statement.setDouble(3, this.options.lease().toMillis() / 1000.0);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    String log = row.getString(1);
                    long token = row.getLong(2);
                    this.tokens.put(log, token);
                    this.spans.put(log, new Span(asked, asked));
                    return new Lease(log, token);
                }
            }
        });
    }

    /**
     * The token of a log.
     *
     * @throws LogLeaseLostException when this process has no lease on it
     */
    long token(String log) {
        Long token = this.tokens.get(log);
        if (token == null) {
            throw new LogLeaseLostException(log);
        }
        return token;
    }

    boolean isHeld(String log) {
        return this.connections.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(this.held)) {
                query.setString(1, ColumnText.of(log));
                try (ResultSet row = query.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    /** Renews all leases. What fails is tried again: a token is good until somebody else takes the log. */
    void beat() {
        this.heart.beat();
    }

    private void renewAll() {
        makePartitions();
        this.tokens.forEach((log, token) -> {
            if (!renew(log, token) && this.tokens.remove(log, token)) {
                logger.error("The lease of receipt log " + log + " is lost: another process took the log over while"
                        + " this one was not heard of. Restart the application");
            }
        });
    }

    /** Makes the partitions of this month and the next. */
    void makePartitions() {
        this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(this.addPartitions)) {
                return statement.execute();
            }
        });
    }

    private boolean renew(String log, long token) {
        long asked = System.nanoTime();
        boolean renewed = call(this.renew, log, token);
        if (renewed) {
            renewed(log, asked);
        }
        return renewed;
    }

    /**
     * The database has just renewed a lease, as it does with each append.
     *
     * @param asked when it was asked to
     */
    void renewed(String log, long asked) {
        // an answer that came late says nothing of the time before it
        long answered = System.nanoTime();
        this.spans.compute(
                log,
                (key, span) -> (span != null && answered - span.until() < nanos())
                        ? new Span(span.since(), asked)
                        : new Span(answered, asked));
    }

    private long nanos() {
        return this.options.lease().toNanos();
    }

    /** Whether nobody was free to take the log over since then; a gap counts although nobody used it. */
    private boolean isOursSince(long nanoTime, String log, long token) {
        Span span = this.spans.get(log);
        return Long.valueOf(token).equals(this.tokens.get(log))
                && span != null
                && span.since() - nanoTime <= 0
                && System.nanoTime() - span.until() < nanos();
    }

    /**
     * When a lease was held, by this machine's steady clock.
     *
     * @param since when it was asked for that was granted first, or was there again after a gap
     * @param until when it was asked for that was renewed last
     */
    private record Span(long since, long until) {}

    private boolean call(String sql, String log, long token) {
        return this.connections.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, log);
                statement.setLong(2, token);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    /** Stops renewing; does not wait. */
    @Override
    public void close() {
        this.heart.close();
    }

    private final class Lease implements LogLease {

        private final String log;

        private final long token;

        private Lease(String log, long token) {
            this.log = log;
            this.token = token;
        }

        @Override
        public String log() {
            return this.log;
        }

        @Override
        public boolean isHeldSince(long nanoTime) {
            return isOursSince(nanoTime, this.log, this.token);
        }

        @Override
        public void close() {
            if (Leases.this.tokens.remove(this.log, this.token)) {
                try {
                    call(Leases.this.release, this.log, this.token);
                } catch (ReceiptStoreException ex) {
                    // whoever shuts down can't help it, and the lease ends by itself
                    logger.warn("The lease of receipt log " + this.log + " could not be given back; it ends in "
                            + Leases.this.options.lease());
                    logger.debug("The lease could not be given back", ex);
                }
            }
        }
    }
}
