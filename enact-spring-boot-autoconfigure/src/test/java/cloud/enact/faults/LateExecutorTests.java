package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Patience;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.ReconcileReport;
import cloud.enact.recovery.ReconcileRequest;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.recovery.Resolution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A process that is stopped for longer than its log is leased, and wakes up when its run is settled. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LateExecutorTests {

    @TempDir
    Path folder;

    private CrashingServer server;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(Worker.store(this.folder).getParent());
        Files.createDirectories(Worker.files(this.folder));
        this.server = new CrashingServer(this.folder.resolve("server"));
        try (Connection connection = this.server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ticket (id int PRIMARY KEY, state text)");
            statement.execute("INSERT INTO ticket VALUES (1, 'open')");
        }
    }

    @AfterEach
    void stop() throws Exception {
        this.server.close();
    }

    @Test
    void nothingOfItTakesEffectAnyMoreNeitherRowsNorFiles() throws Exception {
        Child late = Child.start(this.folder, LateWorker.class, this.server.url());
        late.readUntil(LateWorker.MIDWAY, 1);
        late.signal("STOP");

        try (ConfigurableApplicationContext other = LateWorker.start(this.folder, this.server.url())) {
            RecoveryService recovery = other.getBean(RecoveryService.class);
            ReceiptStore store = other.getBean(ReceiptStore.class);
            InDoubtAction doubt = awaitDoubt(recovery);

            ReconcileReport report = recovery.reconcile(ReconcileRequest.of(
                    doubt.decision().runId(), Resolution.NOT_DONE, Worker.ACTOR, "its machine is gone"));
            assertThat(report.result()).as("%s", report).isEqualTo(ReconcileReport.Result.RECONCILED);

            late.signal("CONT");
            late.goOn();
            late.readUntil(Report.DONE, 1);
            late.end();

            // and what comes next, where the other one took its log over because the lease had ended by then
            assertThat(refused(late)).startsWith("rows", "file");
            assertThat(this.server.text("SELECT state FROM ticket")).isEqualTo("open");
            assertThat(Worker.files(this.folder).resolve("late.txt")).doesNotExist();
            assertThat(kinds(store, doubt)).startsWith(ReceiptKind.DECIDED, ReceiptKind.RECONCILED);
            assertThat(recovery.inDoubt()).isEmpty();
            assertThat(other.getBean(ReceiptVerifier.class).verifyAll().problems())
                    .isEmpty();
        }
    }

    @Test
    void itsLogWasTakenOverMeanwhileAndTakesNothingFromItAnyMore() throws Exception {
        Child late = Child.start(this.folder, LateWorker.class, this.server.url());
        late.readUntil(LateWorker.MIDWAY, 1);
        late.signal("STOP");
        awaitLeases();

        try (ConfigurableApplicationContext other = LateWorker.start(this.folder, this.server.url())) {
            RecoveryService recovery = other.getBean(RecoveryService.class);
            ReceiptStore store = other.getBean(ReceiptStore.class);
            String log = other.getBean(ReceiptLog.class).id();
            InDoubtAction doubt = awaitDoubt(recovery);
            assertThat(doubt.decision().log()).isEqualTo(log);
            recovery.reconcile(ReconcileRequest.of(
                    doubt.decision().runId(), Resolution.NOT_DONE, Worker.ACTOR, "its machine is gone"));

            late.signal("CONT");
            late.goOn();
            late.readUntil(Report.DONE, 1);
            late.end();

            // neither how it ended nor anything new gets into the log, so nothing new begins
            assertThat(refused(late)).containsExactly("rows", "file", "next");
            assertThat(kinds(store, doubt)).containsExactly(ReceiptKind.DECIDED, ReceiptKind.RECONCILED);
            assertThat(this.server.text("SELECT state FROM ticket")).isEqualTo("open");
            assertThat(store.logs()).containsExactly(log);
            assertThat(store.head(log))
                    .hasValueSatisfying(last -> assertThat(last.kind()).isEqualTo(ReceiptKind.RECONCILED));
            // and the one who has it goes on
            other.getBean(LateWorker.Traveller.class).rest();
            assertThat(store.head(log))
                    .hasValueSatisfying(last -> assertThat(last.kind()).isEqualTo(ReceiptKind.COMPLETED));
            assertThat(other.getBean(ReceiptVerifier.class).verifyAll().problems())
                    .isEmpty();
        }
    }

    private static List<String> refused(Child late) {
        return late.reports().stream()
                .filter(told -> told.word().equals(LateWorker.REFUSED))
                .map(told -> told.values().get(0))
                .toList();
    }

    /** Who stands still does not renew. */
    private void awaitLeases() {
        Patience.awaiting("the end of all leases")
                .until(() -> this.server
                        .text("SELECT count(*) FROM enact.receipt_log WHERE expires_at > clock_timestamp()")
                        .equals("0"));
    }

    private static List<ReceiptKind> kinds(ReceiptStore store, InDoubtAction doubt) {
        return store.findByRun(doubt.decision().runId()).stream()
                .map(Receipt::kind)
                .toList();
    }

    /** While its lease lasts, what it does counts as running. */
    private static InDoubtAction awaitDoubt(RecoveryService recovery) {
        return Patience.awaiting("a doubt")
                .until(recovery::inDoubt, doubts -> !doubts.isEmpty())
                .get(0);
    }
}
