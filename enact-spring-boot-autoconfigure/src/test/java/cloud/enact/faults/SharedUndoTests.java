package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.Patience;
import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.StepProbe.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** What one node did another one undoes. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SharedUndoTests {

    @TempDir
    Path folder;

    private CrashingServer server;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(Worker.files(this.folder));
        Files.writeString(Worker.files(this.folder).resolve("ticket.txt"), "to nowhere");
        Files.writeString(Worker.files(this.folder).resolve("passport.txt"), "x".repeat(100_000));
        this.server = new CrashingServer(this.folder.resolve("server"));
        try (Connection connection = this.server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ticket (id int PRIMARY KEY, state text)");
            statement.execute("INSERT INTO ticket VALUES (1, 'open'), (2, 'open')");
        }
    }

    @AfterEach
    void stop() throws Exception {
        this.server.close();
    }

    private ConfigurableApplicationContext node(String name) {
        return TravelNode.start(this.folder, name, this.server.url());
    }

    private void requireUntouched() throws IOException, SQLException {
        requireAt("to nowhere", "open");
        assertThat(Files.readString(Worker.files(this.folder).resolve("passport.txt")))
                .isEqualTo("x".repeat(100_000));
    }

    private void requireAt(String ticket, String row) throws IOException, SQLException {
        assertThat(Files.readString(Worker.files(this.folder).resolve("ticket.txt")))
                .isEqualTo(ticket);
        assertThat(this.server.text("SELECT string_agg(DISTINCT state, ',') FROM ticket"))
                .isEqualTo(row);
    }

    @Test
    void runOfOneNodeIsRolledBackByAnotherAndThatByTheFirst() throws Exception {
        try (ConfigurableApplicationContext first = node("first");
                ConfigurableApplicationContext second = node("second")) {
            RunId run = TravelNode.travel(first.getBean(Enact.class), "away", false);
            requireAt("away", "away");

            RollbackReport report = second.getBean(Enact.class).rollback(run);

            assertThat(report.result()).as("%s", report).isEqualTo(RollbackResult.ROLLED_BACK);
            requireUntouched();
            assertThat(first.getBean(Enact.class).rollback(run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            requireUntouched();
            assertThat(first.getBean(ReceiptVerifier.class).verifyAll().problems())
                    .isEmpty();
            assertThat(this.folder.resolve("first").resolve("enact.db")).doesNotExist();
        }
    }

    @Test
    void runsOfANodeThatWasKilledAreFoundInDoubtAndRolledBackByAnother() throws Exception {
        Child killed = Child.start(this.folder, TravelNode.class, "first", this.server.url());
        killed.readUntil(TravelNode.MIDWAY, 1);
        killed.kill();
        requireAt("second", "second");
        RunId complete = RunId.parse(killed.reports().get(0).values().get(0));

        try (ConfigurableApplicationContext other = node("second")) {
            RecoveryService recovery = other.getBean(RecoveryService.class);
            RunId doubtful = awaitDoubt(recovery).decision().runId();
            List<InDoubtAction> seen = recovery.look(doubtful);
            Enact enact = other.getBean(Enact.class);
            RollbackReport last = enact.rollback(doubtful);
            requireAt("first", "first");
            RollbackReport before = enact.rollback(complete);

            assertThat(seen).extracting(InDoubtAction::finding).containsExactly(Finding.DONE);
            assertThat(last.result()).as("%s", last).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(before.result()).as("%s", before).isEqualTo(RollbackResult.ROLLED_BACK);
            requireUntouched();
            assertThat(recovery.inDoubt()).isEmpty();
            assertThat(other.getBean(ReceiptVerifier.class).verifyAll().problems())
                    .isEmpty();
        }
    }

    @Test
    void nodeWithoutTheCapturedContentSaysSoAndTheOneThatHasItUndoesTheRest() throws Exception {
        String elsewhere = "enact.undo.directory=" + this.folder.resolve("elsewhere");
        try (ConfigurableApplicationContext first = node("first");
                ConfigurableApplicationContext second =
                        TravelNode.start(this.folder, "second", this.server.url(), elsewhere)) {
            RunId run = TravelNode.travel(first.getBean(Enact.class), "away", false);

            RollbackReport report = second.getBean(Enact.class).rollback(run);

            assertThat(report.result()).as("%s", report).isEqualTo(RollbackResult.PARTIAL);
            requireAt("away", "open");
            assertThat(first.getBean(Enact.class).rollback(run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            requireUntouched();
        }
    }

    /** While its lease lasts, what it does counts as running. */
    private static InDoubtAction awaitDoubt(RecoveryService recovery) {
        return Patience.awaiting("a doubt")
                .until(recovery::inDoubt, doubts -> !doubts.isEmpty())
                .get(0);
    }
}
