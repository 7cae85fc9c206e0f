package cloud.enact.receipt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.LogLeaseLostException;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two stores on one database stand for two application nodes. */
class LogLeaseTests {

    private static final IdGenerator IDS = IdGenerator.uuidV7(Drafts.CLOCK);

    private final ReceiptDatabase database = new ReceiptDatabase();

    private JdbcReceiptStore one;

    private JdbcReceiptStore two;

    @BeforeEach
    void open() {
        this.one = this.database.open();
        this.two = this.database.open();
    }

    @AfterEach
    void close() throws SQLException {
        this.one.close();
        this.two.close();
        this.database.close();
    }

    private static ReceiptLog log(JdbcReceiptStore store, LogLease lease) {
        return ReceiptLog.direct(
                lease.log(), store, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK);
    }

    /** As if its holder had not been heard of for so long. */
    private void expire(LogLease lease) throws SQLException {
        this.database.execute("UPDATE receipt_log SET expires_at = clock_timestamp() - interval '1 second'"
                + " WHERE log = '" + lease.log() + "'");
    }

    private boolean isSound(String log) {
        return new ReceiptVerifier(this.one, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)))
                .verifyLog(log)
                .valid();
    }

    @Test
    void eachNodeWritesALogOfItsOwnAndAFreedOneIsTakenUpAgain() {
        LogLease first = this.one.lease(IDS);
        LogLease second = this.two.lease(IDS);
        assertThat(second.log()).isNotEqualTo(first.log());
        assertThat(this.two.isLeased(first.log())).isTrue();
        assertThat(this.two.isLeased("another")).isFalse();

        first.close();
        first.close();
        assertThat(this.two.isLeased(first.log())).isFalse();
        LogLease third = this.two.lease(IDS);

        assertThat(third.log()).isEqualTo(first.log());
        assertThat(this.one.logs()).hasSize(2);
    }

    @Test
    void aWriterThatWasPausedForTooLongCantWriteAnyMore() throws Exception {
        LogLease paused = this.one.lease(IDS);
        ReceiptLog late = log(this.one, paused);
        late.append(Drafts.decided(Drafts.run()));
        expire(paused);
        LogLease taken = this.two.lease(IDS);
        assertThat(taken.log()).isEqualTo(paused.log());
        Receipt second = log(this.two, taken).append(Drafts.decided(Drafts.run()));

        assertThatExceptionOfType(LogLeaseLostException.class)
                .isThrownBy(() -> late.append(Drafts.decided(Drafts.run())))
                .withMessageContaining("Another process may write");

        assertThat(second.seq()).isEqualTo(2);
        assertThat(this.one.head(paused.log())).contains(second);
        assertThat(isSound(paused.log())).isTrue();
        // closing the lease that is lost does not end that of the other
        paused.close();
        assertThat(this.one.isLeased(paused.log())).isTrue();
    }

    @Test
    void aBatchThatWasSignedBeforeTheTakeOverIsRefusedAlthoughItFits() throws Exception {
        LogLease paused = this.one.lease(IDS);
        Receipt signed = signedFirstEntry(paused.log());
        expire(paused);
        this.two.lease(IDS);

        assertThatExceptionOfType(LogLeaseLostException.class)
                .isThrownBy(() -> this.one.append(List.of(signed)))
                .withMessageContaining("Another process may write");
        assertThat(this.one.head(paused.log())).isEmpty();
    }

    private static Receipt signedFirstEntry(String log) {
        return ReceiptLog.direct(
                        log,
                        ReceiptStore.inMemory(1),
                        ReceiptSigner.hs256(Drafts.SECRET),
                        Masking.defaults(),
                        Drafts.CLOCK)
                .append(Drafts.decided(Drafts.run()));
    }

    @Test
    void aLeaseThatEndedAndNobodyTookIsGoodForTheNextEntry() throws Exception {
        LogLease lease = this.one.lease(IDS);
        expire(lease);
        assertThat(this.two.isLeased(lease.log())).isFalse();

        log(this.one, lease).append(Drafts.decided(Drafts.run()));

        assertThat(this.two.isLeased(lease.log())).isTrue();
        assertThat(this.two.lease(IDS).log()).isNotEqualTo(lease.log());
    }

    @Test
    void aLogWithNothingToWriteKeepsItsLease() throws Exception {
        LogLease lease = this.one.lease(IDS);
        expire(lease);

        this.one.renewLeases();

        assertThat(this.two.isLeased(lease.log())).isTrue();
    }

    @Test
    void oneOfTwoNodesThatStartAtOnceTakesTheLog() throws Exception {
        LogLease gone = this.one.lease(IDS);
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                expire(gone);
                Future<LogLease> first = nodes.submit(() -> {
                    start.await();
                    return this.one.lease(IDS);
                });
                Future<LogLease> second = nodes.submit(() -> {
                    start.await();
                    return this.two.lease(IDS);
                });

                assertThat(first.get().log()).isNotEqualTo(second.get().log());
                first.get().close();
                second.get().close();
                gone = this.one.lease(IDS);
            }
        } finally {
            nodes.shutdown();
        }
        // one of them took the log that was there, each time
        assertThat(this.one.logs()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void theOldestFreeLogIsTakenFirst() {
        LogLease oldest = this.one.lease(IDS);
        LogLease newer = this.one.lease(IDS);
        newer.close();
        oldest.close();

        assertThat(this.two.lease(IDS).log()).isEqualTo(oldest.log());
        assertThat(this.two.lease(IDS).log()).isEqualTo(newer.log());
    }

    @Test
    void withoutALeaseNothingIsWritten() {
        assertThatExceptionOfType(LogLeaseLostException.class)
                .isThrownBy(() -> this.one.append(List.of(signedFirstEntry("test"))))
                .withMessageContaining("Another process may write");
    }

    @Test
    void whatAnotherNodeMayBeRunningIsNotInDoubtUntilItIsGone() throws Exception {
        LogLease lease = this.one.lease(IDS);
        Receipt open = log(this.one, lease).append(Drafts.decided(Drafts.run()));
        assertThat(new InDoubtRuns(this.two, "own").find(actionId -> false)).isEmpty();

        expire(lease);

        assertThat(new InDoubtRuns(this.two, "own").find(actionId -> false)).containsExactly(open);
    }
}
