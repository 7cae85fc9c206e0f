package cloud.enact.receipt.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.InDoubtRuns;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever writes the file neither hides entries nor keeps its readers busy for ever. */
class AlteredStoreTests {

    private final String log = IdGenerator.uuidV7(Drafts.CLOCK).next().toString();

    @TempDir
    private Path folder;

    private SqliteReceiptStore store;

    @BeforeEach
    void open() {
        this.store = SqliteReceiptStore.open(this.folder.resolve("receipts.db"));
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    private void append(int entries) {
        ReceiptStore memory = ReceiptStore.inMemory(entries);
        ReceiptLog source = ReceiptLog.direct(
                this.log, memory, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK);
        for (int i = 0; i < entries; i++) {
            source.append(Drafts.decided(Drafts.run()));
        }
        this.store.append(memory.read(this.log, 1, entries));
    }

    private void tamper(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.store.file());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER receipt_entry_no_update");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private ReceiptVerifier verifier() {
        return new ReceiptVerifier(this.store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE receipt_entry SET ts = ts - 1000 * id",
                "UPDATE receipt_entry SET entry = X'00' WHERE seq = 3",
                "UPDATE receipt_entry SET entry = X'00'"
            })
    void pageAfterPageShowsEveryEntryOnce(String sql) throws Exception {
        append(4);
        tamper(sql);

        List<Long> places = new ArrayList<>();
        ReceiptCursor after = null;
        do {
            ReceiptPage page = this.store.query(ReceiptFilter.all(), after, 1);
            page.receipts().forEach(receipt -> places.add(receipt.seq()));
            after = page.next();
        } while (after != null && places.size() < 10);

        assertThat(places).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    @Test
    void theSearchForRunsInDoubtEndsWhateverTheListSays() throws Exception {
        append(501);
        tamper("UPDATE receipt_open SET ts = ts + 1000000");
        AtomicInteger pages = new AtomicInteger();
        ReceiptStore counted = (ReceiptStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ReceiptStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("findOpen") && pages.incrementAndGet() > 10) {
                        throw new AssertionError("It goes in circles");
                    }
                    try {
                        return method.invoke(this.store, args);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });

        List<Receipt> found;
        try (FileLease elsewhere =
                FileLease.tryAcquire(this.store.file(), this.log).orElseThrow()) {
            assertThat(elsewhere.log()).isEqualTo(this.log);
            found = new InDoubtRuns(counted, "mine").find(id -> false);
        }

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-9223372036854775808", "9223372036854775807", "'before'"})
    void anEntryInsertedBeyondTheEndsOfALogIsNoticed(String seq) throws Exception {
        append(2);
        tamper("INSERT INTO receipt_entry SELECT 99, log, " + seq + ", kind, run_id, action_id, ts, action, system,"
                + " workflow, actor, decision, mode, original_run_id, entry FROM receipt_entry WHERE seq = 1");

        AtomicInteger genuine = new AtomicInteger();
        assertThat(verifier()
                        .verifyLog(this.log, 1, entry -> genuine.addAndGet((entry.damage() == null) ? 1 : 0))
                        .valid())
                .isFalse();
        assertThat(genuine).hasValue(2);
    }

    @Test
    void aPageOfBlownUpEntriesIsShort() throws Exception {
        append(3);
        tamper("UPDATE receipt_entry SET entry = zeroblob(40000000)");

        assertThat(this.store.read(this.log, 1, 500)).hasSize(2);
        assertThat(verifier().verifyLog(this.log).checked()).isEqualTo(3);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInThePlaceOfALockFileHoldsNobodyUp() throws Exception {
        Path pipe = this.store.file().resolveSibling("receipts.db." + this.log + ".lock");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> this.store.isLeased(this.log))
                .withMessageContaining("lock file");
    }
}
