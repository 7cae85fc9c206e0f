package cloud.enact.receipt.anchor.postgres;

import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSink;
import cloud.enact.receipt.ReceiptStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Inserts each checkpoint into a table of another PostgreSQL server, which refuses to change or remove it. The role
 * needs INSERT on the table, and SELECT to show what is there. Thread-safe.
 */
public final class PostgresCheckpointSink implements CheckpointSink, AnchorSource {

    private static final String SCRIPT = "checkpoint-anchor.sql";

    private static final String SERVER = "SELECT system_identifier::text FROM pg_control_system()";

    private static final int PAGE = 500;

    private final DataSource dataSource;

    private final Supplier<Optional<String>> storeServer;

    private final boolean initialize;

    private final int timeoutSeconds;

    private volatile boolean ready;

    /**
     * Makes the sink; connects later.
     *
     * @param dataSource of another server than that of the receipt store
     * @param storeServer identity of the store's server, as {@link #server} tells it; empty when the store is none of
     *     PostgreSQL
     * @param initialize whether the table is made when it is missing
     * @param timeout how long a statement may take
     */
    public PostgresCheckpointSink(
            DataSource dataSource, Supplier<Optional<String>> storeServer, boolean initialize, Duration timeout) {
        this.dataSource = dataSource;
        this.storeServer = storeServer;
        this.initialize = initialize;
        this.timeoutSeconds = (int) Math.max(1, timeout.toSeconds());
    }

    /** Identity of a server; its standbys and the databases in it have the same. */
    public static String server(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SERVER)) {
            result.next();
            return Objects.requireNonNull(result.getString(1));
        }
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void accept(Checkpoint checkpoint) throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            connection.setAutoCommit(true);
            if (!this.ready) {
                prepare(connection);
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO enact_checkpoint_anchor (log, size, root, made_at, note) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING")) {
                insert.setQueryTimeout(this.timeoutSeconds);
                insert.setString(1, checkpoint.log());
                insert.setLong(2, checkpoint.size());
                insert.setBytes(3, checkpoint.root());
                insert.setObject(4, checkpoint.timestamp().atOffset(ZoneOffset.UTC));
                insert.setString(5, checkpoint.note());
                insert.executeUpdate();
            }
        }
    }

    private void prepare(Connection connection) throws SQLException {
        Optional<String> store = this.storeServer.get();
        if (store.isPresent() && store.get().equals(server(connection))) {
            throw new ReceiptStoreException(
                    "Checkpoints must be kept on another PostgreSQL server than receipts: who can change the one could"
                            + " change the other. Set enact.receipts.checkpoints.sinks.postgres.url to another server",
                    null);
        }
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(this.timeoutSeconds);
            if (this.initialize && isMissing(statement)) {
                // one transaction: the table is never there without its triggers
                statement.execute(script());
            }
        }
        this.ready = true;
    }

    private static boolean isMissing(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT to_regclass('enact_checkpoint_anchor') IS NULL")) {
            result.next();
            return result.getBoolean(1);
        }
    }

    /** The statements that make the table; may be run by another role than the one that inserts. */
    public static String script() {
        try (InputStream in = PostgresCheckpointSink.class.getResourceAsStream(SCRIPT)) {
            return new String(Objects.requireNonNull(in, SCRIPT).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void notes(Consumer<String> visitor) throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            // a cursor needs a transaction
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(PAGE);
                statement.setQueryTimeout(this.timeoutSeconds);
                if (this.initialize && isMissing(statement)) {
                    // the first checkpoint makes it
                    return;
                }
                try (ResultSet rows = statement.executeQuery(
                        "SELECT note FROM enact_checkpoint_anchor WHERE length(note) <= 16384 ORDER BY log, size")) {
                    while (rows.next()) {
                        visitor.accept(Objects.requireNonNull(rows.getString(1)));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }
}
