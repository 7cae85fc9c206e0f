package cloud.enact.receipt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.VerificationState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever changes the tables is refused, or seen. */
class AlteredDatabaseTests {

    private static final String COPY = "INSERT INTO receipt_entry (seq, ts, stored, run_id, action_id, original_run_id,"
            + " log, kind, action, actor, decision, entry) SELECT %s, ts, stored, run_id, action_id, original_run_id,"
            + " log, kind, action, actor, decision, entry FROM receipt_entry WHERE seq = 1";

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

    private ReceiptLog log() {
        return ReceiptLog.direct(
                "test", this.leasing, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK);
    }

    private void append(int entries) {
        RunId run = Drafts.run();
        try (ReceiptLog log = log()) {
            for (int i = 0; i < entries; i++) {
                log.append(Drafts.decided(run));
            }
        }
    }

    private ReceiptVerifier verifier() {
        return new ReceiptVerifier(this.store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));
    }

    /** The partition that entries go to now. */
    private String partition() throws SQLException {
        return this.database.text("SELECT tableoid::regclass FROM receipt_entry LIMIT 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE receipt_entry SET action = 'other'",
                "UPDATE receipt_entry SET entry = '\\x7b7d' WHERE seq = 1",
                "UPDATE receipt_entry SET action = 'other' WHERE false",
                "DELETE FROM receipt_entry",
                "TRUNCATE receipt_entry",
                "INSERT INTO receipt_entry SELECT * FROM receipt_entry",
                "MERGE INTO receipt_entry e USING receipt_log l ON e.log = l.log WHEN MATCHED THEN DELETE",
                "UPDATE %s SET action = 'other'",
                "DELETE FROM %s",
                "TRUNCATE %s",
                "INSERT INTO %s SELECT * FROM %1$s",
                "DELETE FROM receipt_log",
                "TRUNCATE receipt_log",
                "UPDATE receipt_checkpoint SET note = ''",
                "DELETE FROM receipt_checkpoint",
                "TRUNCATE receipt_checkpoint"
            })
    void databaseRefusesToChangeEntriesEvenToTheirOwner(String sql) throws Exception {
        append(1);
        List<Receipt> before = this.store.read("test", 1, 10);
        String partition = partition();

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> this.database.execute(String.format(sql, partition)))
                .withMessageContaining("append-only");
        assertThat(this.store.read("test", 1, 10)).isEqualTo(before).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE receipt_entry SET entry = '\\x7b7d' WHERE seq = 2",
                "UPDATE receipt_entry SET entry = '' WHERE seq = 2",
                "UPDATE receipt_entry SET entry = (SELECT entry FROM receipt_entry WHERE seq = 1) WHERE seq = 2",
                "UPDATE receipt_entry SET decision = 'BLOCK' WHERE seq = 2",
                "UPDATE receipt_entry SET decision = NULL WHERE seq = 2",
                "UPDATE receipt_entry SET kind = 'nonsense', ts = 0 WHERE seq = 2",
                "UPDATE receipt_entry SET run_id = gen_random_uuid() WHERE seq = 2",
                "UPDATE receipt_entry SET action_id = gen_random_uuid() WHERE seq = 2",
                "UPDATE receipt_entry SET original_run_id = gen_random_uuid() WHERE seq = 2",
                "UPDATE receipt_entry SET action = 'other' WHERE seq = 2",
                "UPDATE receipt_entry SET actor = 'other' WHERE seq = 2",
                "UPDATE receipt_entry SET log = 'other' WHERE seq = 2"
            })
    void whatWasAlteredBehindTheTriggersIsShownAsDamagedAndFailsVerification(String sql) throws Exception {
        append(3);

        this.database.tamper(sql);

        assertThat(verifier().verifyAll().valid()).isFalse();
        assertThat(verifier().verifyAll().problems())
                .extracting(problem -> problem.state())
                .contains(VerificationState.MALFORMED);
        assertThat(this.store.query(ReceiptFilter.all(), null, 10).receipts())
                .hasSize(3)
                .anySatisfy(receipt -> assertThat(receipt.damage()).isNotNull());
    }

    @Test
    void aDroppedEntryIsMissed() throws Exception {
        append(3);

        this.database.tamper("DELETE FROM receipt_entry WHERE seq = 2");

        assertThat(verifier().verifyLog("test").problems())
                .extracting(problem -> problem.state())
                .containsExactly(VerificationState.MISSING, VerificationState.BROKEN_CHAIN);
    }

    @Test
    void nothingIsChainedToALogWhoseEndWasCutOff() throws Exception {
        append(3);
        this.database.tamper("DELETE FROM receipt_entry WHERE seq = 3");

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> append(1))
                .withMessageContaining("entries were removed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE receipt_entry SET ts = ts - 1000 * seq",
                "UPDATE receipt_entry SET entry = '\\x00' WHERE seq = 3",
                "UPDATE receipt_entry SET entry = '\\x00'"
            })
    void pageAfterPageShowsEveryEntryOnce(String sql) throws Exception {
        append(4);
        this.database.tamper(sql);

        List<Long> places = new ArrayList<>();
        ReceiptCursor after = null;
        do {
            ReceiptPage page = this.store.query(ReceiptFilter.all(), after, 1);
            page.receipts().forEach(receipt -> places.add(receipt.seq()));
            after = page.next();
        } while (after != null && places.size() < 10);

        assertThat(places).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-9223372036854775808", "9223372036854775807"})
    void anEntryInsertedBeyondTheEndsOfALogIsNoticed(String seq) throws Exception {
        append(2);
        this.database.tamper(String.format(COPY, seq));

        AtomicInteger genuine = new AtomicInteger();
        assertThat(verifier()
                        .verifyLog("test", 1, entry -> genuine.addAndGet((entry.damage() == null) ? 1 : 0))
                        .valid())
                .isFalse();
        assertThat(genuine).hasValue(2);
    }

    @Test
    void anEntryRepeatedInAnotherPartitionIsNoticed() throws Exception {
        append(2);
        this.database.tamper(
                String.format(COPY, "seq")
                        .replace(
                                "ts, stored, run_id, action_id, original_run_id,"
                                        + " log, kind, action, actor, decision, entry FROM",
                                "ts, date_trunc('month', now()) + interval '40 days',"
                                        + " run_id, action_id, original_run_id, log, kind, action, actor, decision, entry FROM"));

        assertThat(this.store.read("test", 1, 10)).hasSize(3);
        assertThat(verifier().verifyLog("test").valid()).isFalse();
    }

    @Test
    void aPageOfBlownUpEntriesIsShort() throws Exception {
        append(3);
        this.database.tamper("UPDATE receipt_entry SET entry = convert_to(repeat('x', 40000000), 'UTF8')");

        assertThat(this.store.read("test", 1, 500)).hasSize(2);
        assertThat(this.store.query(ReceiptFilter.all(), null, 500).receipts()).hasSize(2);
        assertThat(this.store.query(ReceiptFilter.all(), null, 500).next()).isNotNull();
        assertThat(verifier().verifyLog("test").checked()).isEqualTo(3);
    }

    @Test
    void anEntryThatSomebodyBlewUpIsDamagedRatherThanReadIntoMemory() throws Exception {
        append(1);
        this.database.tamper("UPDATE receipt_entry SET entry = convert_to(repeat('x', 70000000), 'UTF8')");

        assertThat(this.store.read("test", 1, 10)).singleElement().satisfies(receipt -> {
            assertThat(receipt.damage()).isNotNull();
            assertThat(receipt.size()).isZero();
        });
    }

    @Test
    void anEntryOfALogNobodyKnowsIsListed() throws Exception {
        append(1);
        this.database.tamper("UPDATE receipt_entry SET log = 'hidden'");

        assertThat(this.store.logs()).containsExactly("hidden", "test");
    }

    @Test
    void aLogWithoutANameDoesNotHideTheOthers() throws Exception {
        append(1);
        this.database.execute(
                "ALTER TABLE receipt_log DROP CONSTRAINT receipt_log_pkey",
                "ALTER TABLE receipt_log ALTER log DROP NOT NULL",
                "UPDATE receipt_log SET log = NULL");

        assertThat(this.store.logs()).containsExactly("test");
    }

    @Test
    void tablesOfANewerVersionAreRefused() throws Exception {
        this.database.execute("INSERT INTO receipt_schema (version) VALUES (99)");

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(this.database::open)
                .withMessageContaining("newer version");
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> JdbcReceiptStore.open(this.database.dataSource(), this.database.options()))
                .withMessageContaining("newer version");
    }

    @Test
    void aSchemaThatEveryRoleMayPutFunctionsIntoIsRefused() throws Exception {
        this.database.execute(
                "GRANT CREATE ON SCHEMA " + this.database.options().schema().quoted() + " TO PUBLIC");

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(this.database::open)
                .withMessageContaining("REVOKE CREATE ON SCHEMA");
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> JdbcReceiptStore.open(this.database.dataSource(), this.database.options()))
                .withMessageContaining("REVOKE CREATE ON SCHEMA");
    }

    @Test
    void aStoreOnNothingSaysWhatIsMissing() throws Exception {
        this.database.close();

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> JdbcReceiptStore.open(this.database.dataSource(), this.database.options()))
                .withMessageContaining("postgresql-1.sql");
    }

    @Test
    void checkpointsThatWereAlteredComeBackAsNone() throws Exception {
        this.database.tamper("INSERT INTO receipt_checkpoint VALUES ('test', 1, repeat('x', 1000000), '\\x00')");

        assertThat(this.store.newest("test")).hasValueSatisfying(saved -> {
            assertThat(saved.checkpoint().note()).isEmpty();
            assertThat(saved.checkpoint().size()).isEqualTo(1);
        });
    }
}
