package cloud.enact.receipt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreContract;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.ReceiptVerifier;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcReceiptStoreTests extends ReceiptStoreContract {

    private final ReceiptDatabase database = new ReceiptDatabase();

    private JdbcReceiptStore store;

    private ReceiptStore leasing;

    @BeforeEach
    void open() {
        this.store = this.database.open();
        this.leasing = ReceiptDatabase.leasing(this.store);
    }

    @AfterEach
    void close() throws SQLException {
        this.store.close();
        this.database.close();
    }

    @Override
    protected ReceiptStore store() {
        return this.leasing;
    }

    private ReceiptLog log(String id) {
        return ReceiptLog.groupCommit(
                id,
                this.leasing,
                ReceiptSigner.hs256(Drafts.SECRET),
                Masking.defaults(),
                ReceiptLogOptions.defaults(),
                Drafts.CLOCK);
    }

    private ReceiptVerifier verifier() {
        return new ReceiptVerifier(this.store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));
    }

    @Test
    void receiptsAreThereAfterARestartAndTheLogGoesOn() {
        RunId run = Drafts.run();
        LogLease first = this.store.lease("first");
        try (ReceiptLog log = log("test")) {
            log.append(Drafts.decided(run));
        }
        first.close();
        this.store.close();

        this.store = this.database.open();
        assertThat(this.store.lease("second").log()).isEqualTo("first");
        assertThat(this.store.findByRun(run)).hasSize(1);
        assertThat(verifier().verify(run).valid()).isTrue();
    }

    @Test
    void timesOfAnyCenturyCanBeAskedFor() {
        try (ReceiptLog log = log("test")) {
            Receipt receipt = log.append(Drafts.decided(Drafts.run()));
            Instant first = Instant.parse("0001-01-01T00:00:00Z");
            Instant last = Instant.parse("9999-12-31T23:59:59.999999999Z");

            assertThat(this.store
                            .query(
                                    ReceiptFilter.builder()
                                            .since(first)
                                            .until(last)
                                            .build(),
                                    null,
                                    10)
                            .receipts())
                    .containsExactly(receipt);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 501, 1200})
    void noNameKeepsAReceiptFromBeingStoredAndFound(int length) {
        String action = "crm." + "\uD83D\uDE00x".repeat(length) + "\0";
        ActionRequest request = Drafts.request(Drafts.run(), Map.of());
        ReceiptDraft draft = ReceiptDraft.decided(
                new ActionRequest(
                        request.actionId(),
                        request.run(),
                        null,
                        action,
                        request.args(),
                        request.actor(),
                        null,
                        request.reversibility(),
                        request.timestamp()),
                Drafts.pass(),
                EnactMode.ENFORCE);
        try (ReceiptLog log = log("test")) {
            Receipt receipt = log.append(draft);

            assertThat(this.store
                            .query(ReceiptFilter.ofAction(action), null, 10)
                            .receipts())
                    .containsExactly(receipt)
                    .allSatisfy(found -> assertThat(found.damage()).isNull());
        }
    }

    @Test
    void aBatchOfManyMegabytesIsStoredAsAWholeOrNotAtAll() {
        ReceiptStore memory = ReceiptStore.inMemory(4);
        ReceiptLog source = Drafts.log(memory);
        for (int i = 0; i < 4; i++) {
            source.append(Drafts.decided(Drafts.run()));
        }
        List<Receipt> batch = new ArrayList<>(memory.read("test", 1, 4));
        // an entry of 20 MB is damaged, but bytes are bytes
        batch.set(1, Receipt.stored("test", 2, new byte[20 * 1024 * 1024]));
        batch.set(2, Receipt.stored("test", 3, new byte[20 * 1024 * 1024]));

        this.leasing.append(batch);

        assertThat(this.store.read("test", 1, 10)).isEqualTo(batch);
        assertThatExceptionOfType(ReceiptStoreException.class).isThrownBy(() -> this.leasing.append(batch));
        assertThat(this.store.head("test")).contains(batch.get(3));
    }

    @Test
    void manyCallersMakeOneChain() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try (ReceiptLog log = log("test")) {
            List<Future<Receipt>> receipts = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                receipts.add(callers.submit(() -> log.append(Drafts.decided(Drafts.run()))));
            }

            for (Future<Receipt> receipt : receipts) {
                assertThat(receipt.get().damage()).isNull();
            }
        } finally {
            callers.shutdown();
        }
        assertThat(verifier().verifyLog("test").checked()).isEqualTo(2000);
        assertThat(verifier().verifyAll().valid()).isTrue();
    }

    @Test
    void aDecisionTakenOffTheListOfOpenOnesComesBackWhenTheStoreIsOpened() throws Exception {
        Receipt lost;
        Receipt observed;
        try (ReceiptLog log = log("test")) {
            ActionRequest done = Drafts.request(Drafts.run(), Map.of());
            log.append(ReceiptDraft.decided(done, Drafts.pass(), EnactMode.ENFORCE));
            lost = log.append(Drafts.decided(Drafts.run()));
            log.append(Drafts.blocked(Drafts.run()));
            observed = log.append(
                    ReceiptDraft.decided(Drafts.request(Drafts.run(), Map.of()), Drafts.block(), EnactMode.OBSERVE));
            log.append(Drafts.completed(done));
        }
        assertThat(this.store.findOpen(null, 10)).containsExactly(lost, observed);
        this.database.tamper("DELETE FROM receipt_open");
        assertThat(this.store.findOpen(null, 10)).isEmpty();
        this.store.close();

        this.store = this.database.open();

        assertThat(this.store.findOpen(null, 10)).containsExactly(lost, observed);
    }

    @Test
    void aStoreThatFailsOnceFailsItsCallerAndTheLogGoesOn() throws Exception {
        try (ReceiptLog log = log("test")) {
            log.append(Drafts.decided(Drafts.run()));
            this.database.execute("ALTER TABLE receipt_open RENAME TO receipt_gone");
            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())))
                    .withMessageContaining("missing");
            assertThat(log.state().healthy()).isFalse();
            this.database.execute("ALTER TABLE receipt_gone RENAME TO receipt_open");

            assertThat(log.append(Drafts.decided(Drafts.run())).seq()).isEqualTo(2);
            assertThat(log.state().healthy()).isTrue();
        }
        assertThat(verifier().verifyLog("test").valid()).isTrue();
    }

    @Test
    void aClosedStoreSaysSo() {
        this.store.close();

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> this.store.logs())
                .withMessageContaining("closed");
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> this.store.head("test"))
                .withMessageContaining("closed");
    }

    @Test
    void oneConnectionIsEnough() {
        try (JdbcReceiptStore small =
                JdbcReceiptStore.openOnOneConnection(this.database.dataSource(), this.database.options())) {
            ReceiptStore leased = ReceiptDatabase.leasing(small);
            ReceiptLog log = Drafts.log(leased);
            Receipt receipt = log.append(Drafts.decided(Drafts.run()));

            assertThat(small.head("test")).contains(receipt);
            assertThat(small.findByRun(receipt.runId())).containsExactly(receipt);
        }
    }

    @Test
    void thePartitionOfAMonthIsMadeWhenItIsMissing() throws Exception {
        this.database.execute("DO $$DECLARE r record; BEGIN FOR r IN SELECT inhrelid::regclass AS part FROM pg_inherits"
                + " WHERE inhparent = 'receipt_entry'::regclass LOOP EXECUTE 'DROP TABLE ' || r.part; END LOOP;"
                + " END$$");
        try (ReceiptLog log = log("test")) {
            assertThat(log.append(Drafts.decided(Drafts.run())).seq()).isEqualTo(1);
        }
        this.store.renewLeases();

        assertThat(this.database.text("SELECT count(*) FROM pg_inherits WHERE inhparent = 'receipt_entry'::regclass"))
                .isEqualTo("2");
    }
}
