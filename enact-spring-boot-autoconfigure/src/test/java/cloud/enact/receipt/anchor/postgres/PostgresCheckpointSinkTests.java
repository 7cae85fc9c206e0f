package cloud.enact.receipt.anchor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.anchor.SomeCheckpoints;
import cloud.enact.undo.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PostgresCheckpointSinkTests {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final PostgresServer server = PostgresServer.shared();

    private final String database = "anchors_" + NUMBERS.incrementAndGet();

    private final Checkpoint first = SomeCheckpoints.of("orders", 3);

    private final Checkpoint second = SomeCheckpoints.of("orders", 7);

    @BeforeEach
    void createDatabase() throws SQLException {
        run(this.server.connect(), "CREATE DATABASE " + this.database);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        run(
                this.server.connect(),
                "DROP DATABASE " + this.database + " WITH (FORCE)",
                "DROP ROLE IF EXISTS " + this.database + "_writer");
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private DataSource dataSource() {
        return new DriverManagerDataSource(this.server.url(this.database));
    }

    private PostgresCheckpointSink sink() {
        return sink(dataSource(), true);
    }

    private static PostgresCheckpointSink sink(DataSource dataSource, boolean initialize) {
        return new PostgresCheckpointSink(dataSource, Optional::empty, initialize, Duration.ofSeconds(30));
    }

    @Test
    void whatItIsGivenCanBeReadBack() throws Exception {
        PostgresCheckpointSink sink = sink();

        sink.accept(this.first);
        sink.accept(this.second);
        sink.accept(this.second);

        assertThat(SomeCheckpoints.notes(sink())).containsExactly(this.first.note(), this.second.note());
    }

    @Test
    void twoRootsForOneSizeAreBothKept() throws Exception {
        Checkpoint other = SomeCheckpoints.of("orders", 7, (byte) 99);
        PostgresCheckpointSink sink = sink();

        sink.accept(this.second);
        sink.accept(other);

        assertThat(SomeCheckpoints.notes(sink)).containsExactlyInAnyOrder(this.second.note(), other.note());
    }

    @Test
    void severalApplicationsMakeTheTableOnce() throws Exception {
        sink().accept(this.first);
        sink().accept(this.second);

        assertThat(SomeCheckpoints.notes(sink())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE enact_checkpoint_anchor SET note = ''",
                "DELETE FROM enact_checkpoint_anchor",
                "DELETE FROM enact_checkpoint_anchor WHERE false",
                "TRUNCATE enact_checkpoint_anchor",
                "SET session_replication_role = replica; DELETE FROM enact_checkpoint_anchor"
            })
    void evenItsOwnerDoesNotChangeOrRemoveACheckpoint(String sql) throws Exception {
        sink().accept(this.first);

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> run(this.server.connect(this.database), sql))
                .withMessageContaining("only ever added");
        assertThat(SomeCheckpoints.notes(sink())).containsExactly(this.first.note());
    }

    @Test
    void aRoleThatMayOnlyInsertIsEnough() throws Exception {
        String writer = this.database + "_writer";
        run(
                this.server.connect(this.database),
                PostgresCheckpointSink.script(),
                "CREATE ROLE " + writer + " LOGIN PASSWORD '" + writer + "'",
                "GRANT INSERT ON enact_checkpoint_anchor TO " + writer);
        DriverManagerDataSource dataSource = new DriverManagerDataSource(
                this.server.url(this.database).replaceAll("([?&])(user|password)=[^&]*", "$1"), writer, writer);

        // it may also ask whether the server is that of the receipts
        new PostgresCheckpointSink(dataSource, () -> Optional.of("1"), true, Duration.ofSeconds(30)).accept(this.first);
        sink(dataSource, false).accept(this.second);

        assertThat(SomeCheckpoints.notes(sink())).containsExactly(this.first.note(), this.second.note());
    }

    @Test
    void theServerOfTheReceiptsIsRefused() throws Exception {
        String store;
        try (Connection connection = this.server.connect()) {
            store = PostgresCheckpointSink.server(connection);
        }
        PostgresCheckpointSink sink =
                new PostgresCheckpointSink(dataSource(), () -> Optional.of(store), true, Duration.ofSeconds(30));

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> sink.accept(this.first))
                .withMessageContaining("another PostgreSQL server");
        new PostgresCheckpointSink(dataSource(), () -> Optional.of("1" + store), true, Duration.ofSeconds(30))
                .accept(this.first);
    }

    @Test
    void aMissingTableIsAFailureWhereItMayNotBeMade() {
        assertThatException().isThrownBy(() -> sink(dataSource(), false).accept(this.first));
    }

    @Test
    void beforeItsFirstCheckpointItRemembersNone() throws Exception {
        assertThat(SomeCheckpoints.notes(sink())).isEmpty();
        assertThatException().isThrownBy(() -> SomeCheckpoints.notes(sink(dataSource(), false)));
    }

    @Test
    void aHugeNoteInTheTableIsPassedOver() throws Exception {
        sink().accept(this.first);
        run(
                this.server.connect(this.database),
                "INSERT INTO enact_checkpoint_anchor (log, size, root, made_at, note)"
                        + " VALUES ('orders', 9, '', now(), repeat('x', 50000000))");

        assertThat(SomeCheckpoints.notes(sink())).containsExactly(this.first.note());
    }
}
