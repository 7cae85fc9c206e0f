package cloud.enact.receipt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.ReceiptVerifier;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an append whose connection, or whose server, goes away. */
@Timeout(120)
class OutageTests {

    private final ReceiptDatabase database = new ReceiptDatabase();

    private JdbcReceiptStore store;

    @BeforeEach
    void open() {
        this.store = this.database.open();
    }

    @AfterEach
    void close() throws SQLException {
        this.store.close();
        this.database.close();
    }

    private ReceiptLog log(JdbcReceiptStore store) {
        LogLease lease = store.lease("test");
        return ReceiptLog.direct(
                lease.log(), store, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK);
    }

    private static boolean isSound(JdbcReceiptStore store) {
        return new ReceiptVerifier(store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)))
                .verifyLog("test")
                .valid();
    }

    /** Ends whoever waits for a lock in the schema of this test, as soon as somebody does. */
    private void killWhoWaits() throws SQLException {
        String killed = "0";
        while (killed.equals("0")) {
            killed = this.database.text(
                    "SELECT count(*) FROM (SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a"
                            + " WHERE a.wait_event_type = 'Lock' AND a.query LIKE '%"
                            + this.database.options().schema().name()
                            + "%') k");
        }
    }

    @Test
    void aConnectionThatIsKilledInABatchLeavesNothingBehindAndTheLogGoesOn() throws Exception {
        ReceiptLog log = log(this.store);
        log.append(Drafts.decided(Drafts.run()));
        try (Connection holder = this.database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT * FROM receipt_log FOR UPDATE");
            CompletableFuture<Receipt> appending =
                    CompletableFuture.supplyAsync(() -> log.append(Drafts.decided(Drafts.run())));

            killWhoWaits();

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(appending::join)
                    .withCauseInstanceOf(ReceiptStoreException.class)
                    .withMessageContaining("the next attempt connects again");
            holder.rollback();
        }

        assertThat(log.append(Drafts.decided(Drafts.run())).seq()).isEqualTo(2);
        assertThat(isSound(this.store)).isTrue();
    }

    @Test
    void anAppendWhoseAnswerWasLostIsLookedUpRatherThanRepeated() throws Exception {
        LossyDataSource lossy = new LossyDataSource(this.database.dataSource());
        try (JdbcReceiptStore unlucky = JdbcReceiptStore.open(lossy, this.database.options())) {
            ReceiptLog log = log(unlucky);
            log.append(Drafts.decided(Drafts.run()));
            lossy.loseNextAnswer();

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())));
            Receipt third = log.append(Drafts.decided(Drafts.run()));

            assertThat(third.seq()).isEqualTo(3);
            assertThat(unlucky.read("test", 1, 10)).hasSize(3);
            assertThat(isSound(unlucky)).isTrue();
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
        JdbcReceiptOptions hasty =
                new JdbcReceiptOptions(this.database.options().schema(), Duration.ofMinutes(1), Duration.ofSeconds(1));
        try (JdbcReceiptStore impatient = JdbcReceiptStore.open(this.database.dataSource(), hasty);
                Connection holder = this.database.connect();
                Statement statement = holder.createStatement()) {
            ReceiptLog log = log(impatient);
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE receipt_entry IN ACCESS EXCLUSIVE MODE");

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                    .withMessageContaining("took too long");
            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> impatient.find("test", 1))
                    .withMessageContaining("took too long");
            holder.rollback();

            assertThat(log.append(Drafts.decided(Drafts.run())).seq()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatTakesNoChangesRefusesAndIsStillRead() throws Exception {
        ReceiptLog log = log(this.store);
        Receipt receipt = log.append(Drafts.decided(Drafts.run()));
        LossyDataSource lossy = new LossyDataSource(this.database.dataSource());
        try (JdbcReceiptStore standby = JdbcReceiptStore.open(lossy, this.database.options())) {
            LogLease lease = standby.lease("another");
            lossy.becomeReadOnly();

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> ReceiptLog.direct(
                                    lease.log(),
                                    standby,
                                    ReceiptSigner.hs256(Drafts.SECRET),
                                    Masking.defaults(),
                                    Drafts.CLOCK)
                            .append(Drafts.decided(Drafts.run())))
                    .withMessageContaining("takes no changes");
            assertThat(standby.find("test", 1)).contains(receipt);
        }
    }

    @Test
    void aServerThatWasStoppedIsFoundAgain(@TempDir Path folder) throws Exception {
        EmbeddedPostgres server = start(folder, 0);
        JdbcReceiptOptions options = JdbcReceiptOptions.defaults();
        String url = server.getJdbcUrl("postgres", "postgres");
        ReceiptSchema.initialize(ReceiptDatabase.dataSource(url), options);
        try (JdbcReceiptStore own = JdbcReceiptStore.open(ReceiptDatabase.dataSource(url), options)) {
            ReceiptLog log = log(own);
            Receipt first = log.append(Drafts.decided(Drafts.run()));
            server.close();

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())));
            assertThatExceptionOfType(ReceiptStoreException.class).isThrownBy(() -> own.find("test", 1));
            own.renewLeases();

            server = start(folder, server.getPort());
            Receipt second = log.append(Drafts.decided(Drafts.run()));

            assertThat(own.read("test", 1, 10)).isEqualTo(List.of(first, second));
            assertThat(isSound(own)).isTrue();
        } finally {
            server.close();
        }
    }

    private static EmbeddedPostgres start(Path folder, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on");
        return ((port == 0) ? builder : builder.setPort(port)).start();
    }
}
