package cloud.enact.receipt.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.InDoubtRuns;
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
import cloud.enact.receipt.VerificationState;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteReceiptStoreTests extends ReceiptStoreContract {

    private static final IdGenerator IDS = IdGenerator.uuidV7(Drafts.CLOCK);

    @TempDir
    private Path folder;

    private Path file;

    private SqliteReceiptStore store;

    @BeforeEach
    void open() {
        this.file = this.folder.resolve("enact").resolve("receipts.db");
        this.store = SqliteReceiptStore.open(this.file);
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    @Override
    protected ReceiptStore store() {
        return this.store;
    }

    private ReceiptLog log(String id) {
        return ReceiptLog.groupCommit(
                id,
                this.store,
                ReceiptSigner.hs256(Drafts.SECRET),
                Masking.defaults(),
                ReceiptLogOptions.defaults(),
                Drafts.CLOCK);
    }

    private ReceiptVerifier verifier() {
        return new ReceiptVerifier(this.store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));
    }

    private void tamper(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void receiptsAreThereAfterTheFileWasClosedAndTheLogGoesOn() {
        RunId run = Drafts.run();
        try (ReceiptLog log = log("test")) {
            log.append(Drafts.decided(run));
        }
        this.store.close();

        this.store = SqliteReceiptStore.open(this.file);
        try (ReceiptLog log = log("test")) {
            assertThat(log.append(Drafts.decided(run)).seq()).isEqualTo(2);
        }

        assertThat(verifier().verify(run).valid()).isTrue();
        assertThat(verifier().verifyLog("test").checked()).isEqualTo(2);
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
            assertThat(this.store
                            .query(ReceiptFilter.builder().since(last).build(), null, 10)
                            .receipts())
                    .isEmpty();
        }
    }

    @Test
    void aReaderSeesWhatAWriterStoresAndChangesNothing() throws Exception {
        RunId run = Drafts.run();
        try (ReceiptLog log = log("test");
                SqliteReceiptStore reader = SqliteReceiptStore.openReadOnly(this.file)) {
            Receipt first = log.append(Drafts.decided(run));
            assertThat(reader.findByRun(run)).containsExactly(first);
            Receipt second = log.append(Drafts.decided(run));
            assertThat(reader.findByRun(run)).containsExactly(first, second);

            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> reader.append(List.of(first)))
                    .withMessageContaining("for reading only");
            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> reader.lease(IDS))
                    .withMessageContaining("for reading only");
        }
    }

    @Test
    void aFileThatIsNotThereIsNotMadeByReadingIt() throws Exception {
        Path missing = this.folder.resolve("missing").resolve("receipts.db");
        Path empty = Files.createFile(this.folder.resolve("empty.db"));
        Path text = Files.writeString(this.folder.resolve("text.db"), "not a database, but long enough to look at");

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> SqliteReceiptStore.openReadOnly(missing))
                .withMessageContaining("There is no receipt store");
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> SqliteReceiptStore.openReadOnly(empty))
                .withMessageContaining("holds no receipts");
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> SqliteReceiptStore.openReadOnly(text))
                .withMessageContaining("not a sound SQLite database");
        assertThat(missing.getParent()).doesNotExist();
        assertThat(empty).isEmptyFile();
    }

    @Test
    void aFileOfANewerVersionIsNotRead() throws Exception {
        tamper("UPDATE enact_schema SET version = 99");

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> SqliteReceiptStore.openReadOnly(this.file))
                .withMessageContaining("newer version");
    }

    @Test
    void aFolderThatCantBeWrittenCanBeRead() throws Exception {
        RunId run = Drafts.run();
        try (ReceiptLog log = log("test")) {
            log.append(Drafts.decided(run));
        }
        this.store.close();
        Files.setPosixFilePermissions(this.file.getParent(), PosixFilePermissions.fromString("r-x------"));
        try {
            assumeTrue(!Files.isWritable(this.file.getParent()), "Whoever runs this may write everywhere");
            try (SqliteReceiptStore reader = SqliteReceiptStore.openReadOnly(this.file)) {
                assertThat(reader.findByRun(run)).hasSize(1);
            }
        } finally {
            Files.setPosixFilePermissions(this.file.getParent(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aLeaseThatSomebodyHoldsIsSeen() {
        LogLease lease = this.store.lease(IDS);

        assertThat(this.store.isLeased(lease.log())).isTrue();
        assertThat(this.store.isLeased("../no-log")).isFalse();

        lease.close();

        assertThat(this.store.isLeased(lease.log())).isFalse();
    }

    @Test
    void whatAnotherProcessMayBeRunningIsNotInDoubtUntilItIsGone() {
        LogLease lease = this.store.lease(IDS);
        Receipt open;
        try (ReceiptLog log = log(lease.log())) {
            open = log.append(Drafts.decided(Drafts.run()));
        }

        assertThat(new InDoubtRuns(this.store, "own").find(actionId -> false)).isEmpty();
        assertThat(new InDoubtRuns(this.store, lease.log()).find(actionId -> false))
                .containsExactly(open);
        assertThat(new InDoubtRuns(this.store, lease.log()).find(open.actionId()::equals))
                .isEmpty();

        lease.close();

        assertThat(new InDoubtRuns(this.store, "own").find(actionId -> false)).containsExactly(open);
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
        tamper("DELETE FROM receipt_open");
        assertThat(this.store.findOpen(null, 10)).isEmpty();
        this.store.close();

        this.store = SqliteReceiptStore.open(this.file);

        assertThat(this.store.findOpen(null, 10)).containsExactly(lost, observed);
    }

    @Test
    void anEntryThatSomebodyBlewUpIsDamagedRatherThanReadIntoMemory() throws Exception {
        RunId run = Drafts.run();
        try (ReceiptLog log = log("test")) {
            log.append(Drafts.decided(run));
        }
        tamper("DROP TRIGGER receipt_entry_no_update", "UPDATE receipt_entry SET entry = zeroblob(70000000)");

        assertThat(this.store.findByRun(run)).singleElement().satisfies(receipt -> {
            assertThat(receipt.damage()).isNotNull();
            assertThat(receipt.size()).isZero();
        });
    }

    @Test
    void aRowThatHidesWhoseRollbackItIsIsDamaged() throws Exception {
        RunId run = Drafts.run();
        try (ReceiptLog log = log("test")) {
            log.append(Drafts.rolledBack(run));
        }
        tamper("DROP TRIGGER receipt_entry_no_update", "UPDATE receipt_entry SET original_run_id = NULL");

        assertThat(this.store.find("test", 1).orElseThrow().damage()).contains("columns");
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
    void nobodyButTheOwnerCanReadTheFiles() throws Exception {
        assumeTrue(Files.getFileStore(this.folder).supportsFileAttributeView("posix"), "no owners on this file system");

        this.store.lease(IDS).close();
        this.store.append(List.of());
        try (ReceiptLog log = log("test")) {
            log.append(Drafts.decided(Drafts.run()));
        }

        assertThat(Files.getPosixFilePermissions(this.file.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(this.file.getParent())) {
            List<Path> all = files.toList();
            assertThat(all)
                    .extracting(path -> path.getFileName().toString())
                    .contains("receipts.db-wal", "receipts.db-shm");
            assertThat(all)
                    .allSatisfy(path -> assertThat(Files.getPosixFilePermissions(path))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void rightsThatWereTooWideAreTakenAway() throws Exception {
        assumeTrue(Files.getFileStore(this.folder).supportsFileAttributeView("posix"), "no owners on this file system");
        this.store.close();
        Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("rw-r--r--"));

        this.store = SqliteReceiptStore.open(this.file);

        assertThat(Files.getPosixFilePermissions(this.file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aSymbolicLinkIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(this.folder.resolve("link.db"), this.file);

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> SqliteReceiptStore.open(link))
                .withMessageContaining("symbolic link");
    }

    @Test
    void aPathThatTheDriverWouldReadSettingsFromIsRefused() {
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> SqliteReceiptStore.open(this.folder.resolve("a.db?synchronous=OFF")))
                .withMessageContaining("question mark");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Path text = Files.writeString(this.folder.resolve("text.db"), "no database ".repeat(1000));

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> SqliteReceiptStore.open(text))
                .withMessageContaining("name another file");
        assertThat(Files.readString(text)).startsWith("no database");
    }

    @Test
    void aFileOfANewerVersionIsRefusedWithInstructions() throws Exception {
        tamper("UPDATE enact_schema SET version = 99 WHERE component = 'receipt'");

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> SqliteReceiptStore.open(this.file))
                .withMessageContaining("newer version")
                .withMessageContaining("another file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE receipt_entry SET action = 'other'",
                "UPDATE receipt_entry SET entry = x'7b7d' WHERE seq = 1",
                "DELETE FROM receipt_entry",
                "INSERT OR REPLACE INTO receipt_entry SELECT * FROM receipt_entry WHERE seq = 1",
                "INSERT OR REPLACE INTO receipt_entry SELECT id + 100, log, seq, kind, run_id, action_id, ts, action,"
                        + " system, workflow, actor, decision, mode, original_run_id, entry FROM receipt_entry WHERE seq = 1"
            })
    void theDatabaseItselfRefusesToChangeEntries(String sql) {
        Receipt receipt;
        try (ReceiptLog log = log("test")) {
            receipt = log.append(Drafts.decided(Drafts.run()));
        }

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> tamper(sql))
                .withMessageContaining("append-only");
        assertThat(this.store.read("test", 1, 10)).containsExactly(receipt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE receipt_entry SET entry = x'7b7d' WHERE seq = 2",
                "UPDATE receipt_entry SET entry = NULL WHERE seq = 2",
                "UPDATE receipt_entry SET entry = 'text' WHERE seq = 2",
                "UPDATE receipt_entry SET entry = (SELECT entry FROM receipt_entry WHERE seq = 1) WHERE seq = 2",
                "UPDATE receipt_entry SET decision = 'BLOCK' WHERE seq = 2",
                "UPDATE receipt_entry SET kind = 'nonsense', ts = 'x', run_id = '' WHERE seq = 2",
                "UPDATE receipt_entry SET log = 'other' WHERE seq = 2"
            })
    void whatWasAlteredBehindTheTriggersIsShownAsDamagedAndFailsVerification(String sql) throws Exception {
        RunId run = Drafts.run();
        try (ReceiptLog log = log("test")) {
            log.append(Drafts.decided(run));
            log.append(Drafts.decided(run));
            log.append(Drafts.decided(run));
        }

        tamper(
                "DROP TRIGGER receipt_entry_no_update",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = replace(sql, 'entry BLOB NOT NULL', 'entry BLOB')"
                        + " WHERE name = 'receipt_entry'");
        tamper(sql);

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
        try (ReceiptLog log = log("test")) {
            for (int i = 0; i < 3; i++) {
                log.append(Drafts.decided(Drafts.run()));
            }
        }

        tamper("DROP TRIGGER receipt_entry_no_delete", "DELETE FROM receipt_entry WHERE seq = 2");

        assertThat(verifier().verifyLog("test").problems())
                .extracting(problem -> problem.state())
                .containsExactly(VerificationState.MISSING, VerificationState.BROKEN_CHAIN);
    }

    @Test
    void aStoreThatFailsOnceFailsItsCallerAndTheLogGoesOn() throws Exception {
        try (ReceiptLog log = log("test")) {
            log.append(Drafts.decided(Drafts.run()));
            try (Connection rival = DriverManager.getConnection("jdbc:sqlite:" + this.file);
                    Statement statement = rival.createStatement()) {
                statement.execute("ALTER TABLE receipt_open RENAME TO receipt_gone");
                assertThatExceptionOfType(ReceiptStoreException.class)
                        .isThrownBy(() -> log.append(Drafts.decided(Drafts.run())));
                assertThat(log.state().healthy()).isFalse();
                statement.execute("ALTER TABLE receipt_gone RENAME TO receipt_open");
            }

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
    void twoContextsInOneJvmWriteTwoLogsAndAFreedOneIsTakenUpAgain() {
        try (SqliteReceiptStore other = SqliteReceiptStore.open(this.file)) {
            LogLease first = this.store.lease(IDS);
            LogLease second = other.lease(IDS);
            assertThat(second.log()).isNotEqualTo(first.log());

            first.close();
            first.close();
            LogLease third = other.lease(IDS);

            assertThat(third.log()).isEqualTo(first.log());
            second.close();
            third.close();
        }
        assertThat(this.store.logs()).hasSize(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // a locked file can't be removed there
    void aLeaseWhoseLockFileWasRemovedIsNotHeld() throws Exception {
        LogLease lease = this.store.lease(IDS);
        Path lockFile = this.file.resolveSibling(this.file.getFileName() + "." + lease.log() + ".lock");
        assertThat(lease.isHeldSince(System.nanoTime())).isTrue();

        Files.delete(lockFile);
        assertThat(lease.isHeldSince(System.nanoTime())).isFalse();

        // as another process would make it
        Files.createFile(lockFile);
        assertThat(lease.isHeldSince(System.nanoTime())).isFalse();
        lease.close();
        assertThat(lease.isHeldSince(System.nanoTime())).isFalse();
    }

    @Test
    void aLeaseInThisJvmSurvivesOthersLookingAtIt() throws Exception {
        LogLease mine = this.store.lease(IDS);
        try (SqliteReceiptStore other = SqliteReceiptStore.open(this.file)) {
            other.lease(IDS).close();
        }

        try (Holder holder = new Holder(this.file)) {
            assertThat(holder.log()).isNotEqualTo(mine.log());
        }
        mine.close();
    }

    @Test
    void aKilledJvmFreesItsLogAtOnce() throws Exception {
        String theirs;
        try (Holder holder = new Holder(this.file)) {
            theirs = holder.log();
            try (LogLease mine = this.store.lease(IDS)) {
                assertThat(mine.log()).isNotEqualTo(theirs);
            }
        }

        LogLease first = this.store.lease(IDS);
        LogLease second = this.store.lease(IDS);

        assertThat(List.of(first.log(), second.log())).contains(theirs);
        assertThat(this.store.logs()).hasSize(2);
        first.close();
        second.close();
    }

    /** Another JVM that has leased a log and written to it; closing kills it. */
    private static final class Holder implements AutoCloseable {

        private final Process process;

        private final String log;

        private Holder(Path file) throws Exception {
            this.process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            LeaseHolder.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
            String line = output.readLine();
            while (line != null && !line.startsWith("leased ")) {
                line = output.readLine();
            }
            assertThat(line).as("what the other JVM leased").isNotNull();
            this.log = line.substring("leased ".length());
        }

        private String log() {
            return this.log;
        }

        @Override
        public void close() throws InterruptedException {
            this.process.destroyForcibly().waitFor();
        }
    }
}
