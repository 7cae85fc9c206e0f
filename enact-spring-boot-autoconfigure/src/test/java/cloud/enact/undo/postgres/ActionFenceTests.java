package cloud.enact.undo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An executor that comes late, and whoever gave its action up. */
class ActionFenceTests {

    private static final int RACES = 100;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final SecureRandom random = new SecureRandom();

    private final UUID run = UUID.randomUUID();

    private final UUID action = UUID.randomUUID();

    @BeforeEach
    void table() throws Exception {
        DATABASE.schema("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void anExecutorInTheMiddleOfItsTransactionCanNotCommitAnyMoreWhenItsActionIsCancelled(int isolation)
            throws Exception {
        try (Connection executor = begin(isolation)) {
            CapturedTransaction transaction = enter(executor, this.action);
            TestDatabase.run(executor, "UPDATE t SET v = 'late'");

            assertThat(cancel(TestDatabase.PATIENCE)).isTrue();

            assertThatThrownBy(transaction::finish)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("settled while it was out of reach");
            executor.commit();
        }
        assertThat(DATABASE.number("SELECT count(*) FROM t WHERE v = 'late'")).isZero();
        assertThat(DATABASE.number("SELECT count(*) FROM enact_undo.marker")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_REPEATABLE_READ})
    void anExecutorThatHasDoneItsWorkIsWaitedForAndSeen(int isolation) throws Exception {
        try (Connection executor = begin(isolation)) {
            CapturedTransaction transaction = enter(executor, this.action);
            TestDatabase.run(executor, "UPDATE t SET v = 'done'");
            transaction.finish();

            assertThat(cancel(Duration.ofMillis(20)))
                    .as("nobody can tell yet whether it will be committed")
                    .isFalse();
            assertThatThrownBy(() -> traces(Duration.ofMillis(20), transaction.marker()))
                    .isInstanceOf(CaptureException.class);

            executor.commit();
            assertThat(cancel(TestDatabase.PATIENCE)).isTrue();
            assertThat(traces(TestDatabase.PATIENCE, transaction.marker()))
                    .containsEntry(transaction.marker(), new ActionFence.Trace(this.run, false));
        }
        assertThat(DATABASE.number("SELECT count(*) FROM t WHERE v = 'done'")).isEqualTo(1);
    }

    @Test
    void whatAnActionDoesInAnotherTransactionAfterItWasCancelledIsNotCommitted() throws Exception {
        try (Connection executor = begin(Connection.TRANSACTION_READ_COMMITTED)) {
            CapturedTransaction first = enter(executor, this.action);
            TestDatabase.run(executor, "UPDATE t SET v = 'first'");
            first.finish();
            executor.commit();
            cancel(TestDatabase.PATIENCE);

            CapturedTransaction second = enter(executor, this.action);
            TestDatabase.run(executor, "UPDATE t SET v = 'second'");
            assertThatThrownBy(second::finish).isInstanceOf(SQLException.class);
            executor.rollback();

            CapturedTransaction other = enter(executor, UUID.randomUUID());
            TestDatabase.run(executor, "INSERT INTO t VALUES (2, 'of another action')");
            other.finish();
            executor.commit();
        }
        assertThat(DATABASE.number("SELECT count(*) FROM t WHERE v IN ('first', 'of another action')"))
                .isEqualTo(2);
    }

    @Test
    void anActionInsideATransactionOfItsCallerIsHeldBackAsWell() throws Exception {
        try (Connection executor = begin(Connection.TRANSACTION_READ_COMMITTED)) {
            TestDatabase.run(executor, "INSERT INTO t VALUES (2, 'of the caller')");
            CapturedTransaction joined = CapturedTransaction.join(executor, this.run, this.action, this.random);
            TestDatabase.run(executor, "UPDATE t SET v = 'late'");
            cancel(TestDatabase.PATIENCE);

            assertThatThrownBy(joined::leave).isInstanceOf(SQLException.class);
            executor.commit();
        }
        assertThat(DATABASE.number("SELECT count(*) FROM t WHERE v <> 'a'")).isZero();
    }

    @Test
    void cancellingTwiceIsAsCancellingOnceAndLeavesNoMarker() throws Exception {
        assertThat(cancel(TestDatabase.PATIENCE)).isTrue();
        assertThat(cancel(TestDatabase.PATIENCE)).isTrue();

        long never = DATABASE.number("SELECT nextval(pg_get_serial_sequence('enact_undo.marker', 'id')::regclass)");
        assertThat(traces(TestDatabase.PATIENCE, never)).isEmpty();
        assertThat(DATABASE.number("SELECT count(*) FROM enact_undo.marker")).isZero();
    }

    @Test
    void whoeverComesFirstTheOtherOneSeesIt() throws Exception {
        int committed = 0;
        for (int i = 0; i < RACES; i++) {
            UUID raced = UUID.randomUUID();
            boolean isolated = i % 2 == 0;
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<Boolean> executed =
                    CompletableFuture.supplyAsync(() -> execute(raced, isolated, together));
            boolean cancelled;
            long seen;
            try (Connection owner = DATABASE.owner()) {
                together.await();
                cancelled = new ActionFence(TestDatabase.PATIENCE).cancel(owner, this.run, raced);
                seen = DATABASE.number("SELECT count(*) FROM enact_undo.marker WHERE action_id = '" + raced + "'");
            }
            assertThat(cancelled).isTrue();
            assertThat(executed.join())
                    .as("what was there when it was cancelled is all there ever is")
                    .isEqualTo(seen == 1);
            committed += executed.join() ? 1 : 0;
        }
        System.out.println(committed + " of " + RACES + " executors came before their cancelling");
    }

    private boolean execute(UUID raced, boolean isolated, CyclicBarrier together) {
        try (Connection executor =
                begin(isolated ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED)) {
            CapturedTransaction transaction = enter(executor, raced);
            TestDatabase.run(executor, "INSERT INTO t VALUES ((SELECT max(id) + 1 FROM t), 'x')");
            together.await();
            try {
                transaction.finish();
                executor.commit();
                return true;
            } catch (SQLException ex) {
                executor.rollback();
                return false;
            }
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void captureObjectsOfTheEarlierVersionAreBroughtUpToThisOne() throws Exception {
        DATABASE.sql(
                "DROP TABLE enact_undo.cancelled",
                "COMMENT ON SCHEMA enact_undo IS 'Enact capture objects, version 1'");
        try (Connection owner = DATABASE.owner()) {
            assertThatThrownBy(() -> new ActionFence(TestDatabase.PATIENCE).cancel(owner, this.run, this.action))
                    .hasMessageContaining("install them again");
            CaptureObjects objects = new CaptureObjects(List.of("public.*"), List.of(DATABASE.appRole()));
            assertThat(objects.plan(owner).isEmpty()).isFalse();

            objects.install(owner, TestDatabase.PATIENCE);

            assertThat(objects.plan(owner).isEmpty()).isTrue();
        }
        DATABASE.act("UPDATE t SET v = 'captured'");
        assertThat(cancel(TestDatabase.PATIENCE)).isTrue();
        assertThatThrownBy(() -> DATABASE.person("DELETE FROM enact_undo.cancelled"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> DATABASE.person("SELECT enact_undo.fence(gen_random_uuid(), gen_random_uuid())"))
                .hasMessageContaining("permission denied");
    }

    private Connection begin(int isolation) throws SQLException {
        Connection connection = DATABASE.app();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        return connection;
    }

    private CapturedTransaction enter(Connection connection, UUID entered) throws SQLException {
        return CapturedTransaction.enter(connection, this.run, entered, this.random);
    }

    private boolean cancel(Duration patience) throws SQLException {
        try (Connection owner = DATABASE.owner()) {
            return new ActionFence(patience).cancel(owner, this.run, this.action);
        }
    }

    private static Map<Long, ActionFence.Trace> traces(Duration patience, long marker) throws SQLException {
        try (Connection owner = DATABASE.owner()) {
            return new ActionFence(patience).traces(owner, List.of(marker));
        }
    }
}
