package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorContract;
import cloud.enact.connector.RecordingSteps;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.GovernedAction;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.postgres.CaptureDatabase;
import cloud.enact.undo.postgres.PostgresServer;
import cloud.enact.undo.postgres.RowRestore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.AbstractDataSource;

class PostgresConnectorContractTests extends ConnectorContract {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @RegisterExtension
    final ConnectorFixture database = new ConnectorFixture();

    @TempDir
    Path temp;

    private BlobStore blobs;

    private Break breaks = Break.NEVER;

    private final List<Connection> opened = new ArrayList<>();

    @BeforeEach
    void protect() throws IOException {
        this.blobs = BlobStore.inDirectory(this.temp);
        new CaptureDatabase(
                        () -> PostgresServer.shared().connect(this.database.name()),
                        List.of("public.customer", "public.orders"),
                        List.of(),
                        PATIENCE)
                .install();
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : this.opened) {
            connection.close();
        }
    }

    @Test
    void whatIsCommittedIsToldAsDoneEvenWhenTheConnectionBreaksThen() throws SQLException {
        this.breaks = Break.AFTER_COMMIT;
        RecordingSteps steps = new RecordingSteps(blobs());

        steps.perform(connector(Set.of(operation()), steps).prepare(operation(), args()));

        assertThat(steps.records()).extracting(UndoRecord::state).containsExactly(UndoRecord.State.DONE);
        assertThat(state()).asInstanceOf(LIST).hasSize(144);
    }

    @Override
    protected Connector connector(Set<String> allowed, StepExecutor steps) {
        DataSource plain = new PostgresDataSource(this.database.name());
        ConnectionGuard guard =
                new ConnectionGuard(new GuardSettings("source", UnprotectedWrite.REFUSE), () -> new Work(steps), steps);
        return PostgresConnector.database(
                        new Guarded(plain, guard),
                        new RowsUndo(
                                "source",
                                plain::getConnection,
                                new RowRestore(PATIENCE, 5, (table, column, text) -> text),
                                (table, column, text) -> text))
                .operations(allowed)
                .tables(List.of("public.*"))
                .build(steps);
    }

    @Override
    protected BlobStore blobs() {
        return this.blobs;
    }

    @Override
    protected String operation() {
        return "delete_row";
    }

    @Override
    protected Map<String, @Nullable Object> args() {
        return Map.of("table", "customer", "where", Map.of("id", 1));
    }

    @Override
    protected Object state() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = PostgresServer.shared().connect(this.database.name());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT c::text FROM customer c UNION ALL SELECT o::text FROM orders o ORDER BY 1")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    @Override
    protected void changeByHand() throws SQLException {
        this.database.sql("INSERT INTO customer (id, name) VALUES (1, 'by hand')");
    }

    @Override
    protected void loseNextAnswer() {
        this.breaks = Break.AFTER_COMMIT;
    }

    @Override
    protected void loseNextRequest() {
        this.breaks = Break.BEFORE_COMMIT;
    }

    /** Guards what another one hands out. */
    private final class Guarded extends AbstractDataSource {

        private final DataSource plain;

        private final ConnectionGuard guard;

        private Guarded(DataSource plain, ConnectionGuard guard) {
            this.plain = plain;
            this.guard = guard;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = this.plain.getConnection();
            PostgresConnectorContractTests.this.opened.add(connection);
            return this.guard.guard(breaking(connection, PostgresConnectorContractTests.this.breaks));
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }

    /** A connection that breaks when something is committed on it that it could change. */
    private static Connection breaking(Connection connection, Break breaks) {
        AtomicBoolean broken = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    boolean commit = method.getName().equals("commit") && !connection.isReadOnly();
                    if (commit && breaks == Break.BEFORE_COMMIT) {
                        connection.close();
                        broken.set(true);
                    }
                    if (broken.get()) {
                        throw new SQLException("broken", "08006");
                    }
                    Object result = GuardedConnection.call(connection, method, args);
                    broken.set(commit && breaks == Break.AFTER_COMMIT);
                    return result;
                });
    }

    /** When a connection breaks. */
    private enum Break {
        NEVER,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** An action that may do anything. */
    private record Work(UUID actionId, RunId runId) implements GovernedAction {

        private Work(StepExecutor steps) {
            this(UUID.randomUUID(), ((RecordingSteps) steps).run());
        }

        @Override
        public String name() {
            return "test.work";
        }

        @Override
        public Reversibility reversibility() {
            return Reversibility.REVERSIBLE;
        }

        @Override
        public void beforeEnd(Runnable work) {
            // this action never ends
        }
    }
}
