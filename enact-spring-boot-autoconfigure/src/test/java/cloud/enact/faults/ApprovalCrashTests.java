package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.approval.ApprovalDesk;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.Approver;
import cloud.enact.gate.ApprovalRequiredException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Requests for approval whose application is killed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ApprovalCrashTests {

    private static final Approver BOSS = new Approver("boss@example.com", Set.of(), "test");

    @TempDir
    Path folder;

    @Test
    void pendingRequestSurvivesAndItsCallGoesThroughOnce() throws Exception {
        Child child = Child.start(this.folder, PayrollWorker.class);
        UUID ticket = PayrollWorker.ticket(child, PayrollWorker.ASKED);
        child.kill();

        try (ConfigurableApplicationContext next = PayrollWorker.start(this.folder)) {
            PayrollWorker.Payroll payroll = next.getBean(PayrollWorker.Payroll.class);
            assertThat(next.getBean(ApprovalService.class).findOpen(null, 10))
                    .extracting(ApprovalRequest::id)
                    .containsExactly(ticket);
            assertThatExceptionOfType(ApprovalRequiredException.class)
                    .isThrownBy(() -> payroll.pay(900))
                    .satisfies(error -> assertThat(error.getTicket()).isEqualTo(ticket));
            next.getBean(ApprovalService.class).answer(ticket, BOSS, true, null);
        }
        try (ConfigurableApplicationContext last = PayrollWorker.start(this.folder)) {
            PayrollWorker.Payroll payroll = last.getBean(PayrollWorker.Payroll.class);

            payroll.pay(900);

            assertThatExceptionOfType(ApprovalRequiredException.class).isThrownBy(() -> payroll.pay(900));
            assertThat(paid()).hasContent("900");
        }
    }

    @Test
    void callThatWaitedWhenItsApplicationWasKilledNeverRunsByItself() throws Exception {
        Child child =
                Child.start(this.folder, PayrollWorker.class, "enact.approval.mode=wait", "enact.approval.max-wait=2m");
        UUID ticket = PayrollWorker.ticket(child, PayrollWorker.WAITING);
        child.kill();

        try (ConfigurableApplicationContext next = PayrollWorker.start(this.folder)) {
            next.getBean(ApprovalService.class).answer(ticket, BOSS, true, null);

            assertThat(paid()).doesNotExist();
            next.getBean(PayrollWorker.Payroll.class).pay(900);
            assertThat(paid()).hasContent("900");
        }
    }

    @Test
    void approvalThatWasUsedWhenItsApplicationDiedIsGone() throws Exception {
        UUID ticket;
        try (ConfigurableApplicationContext first = PayrollWorker.start(this.folder)) {
            PayrollWorker.Payroll payroll = first.getBean(PayrollWorker.Payroll.class);
            ApprovalDesk desk = first.getBean(ApprovalDesk.class);
            ticket = asked(payroll);
            // as if it had died between using the approval and the decision
            assertThat(desk.use(desk.answer(ticket, BOSS, true, null))).isTrue();
        }

        try (ConfigurableApplicationContext next = PayrollWorker.start(this.folder)) {
            assertThat(asked(next.getBean(PayrollWorker.Payroll.class))).isNotEqualTo(ticket);
            assertThat(next.getBean(ApprovalService.class)
                            .find(ticket)
                            .orElseThrow()
                            .state())
                    .isEqualTo(ApprovalState.USED);
            assertThat(paid()).doesNotExist();
        }
    }

    @Test
    void anApprovalThatIsPutBackAfterARestartLetsNothingThrough() throws Exception {
        try (ConfigurableApplicationContext first = PayrollWorker.start(this.folder)) {
            PayrollWorker.Payroll payroll = first.getBean(PayrollWorker.Payroll.class);
            first.getBean(ApprovalService.class).answer(asked(payroll), BOSS, true, null);
            execute("CREATE TABLE stolen AS SELECT * FROM approval_request");
            payroll.pay(900);
        }
        execute("INSERT OR REPLACE INTO approval_request SELECT * FROM stolen");

        try (ConfigurableApplicationContext next = PayrollWorker.start(this.folder)) {
            assertThat(PayrollWorker.goesThrough(next)).isFalse();
            assertThat(paid()).hasContent("900");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + Worker.store(this.folder));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void twoApplicationsWithOneStoreLetACallThroughOnce() {
        try (ConfigurableApplicationContext one = PayrollWorker.start(this.folder);
                ConfigurableApplicationContext other = PayrollWorker.start(this.folder)) {
            UUID ticket = asked(one.getBean(PayrollWorker.Payroll.class));
            assertThat(asked(other.getBean(PayrollWorker.Payroll.class))).isEqualTo(ticket);
            other.getBean(ApprovalService.class).answer(ticket, BOSS, true, null);

            List<Boolean> through = List.of(one, other).parallelStream()
                    .map(PayrollWorker::goesThrough)
                    .toList();

            assertThat(through).containsExactlyInAnyOrder(true, false);
            assertThat(paid()).hasContent("900");
        }
    }

    private static UUID asked(PayrollWorker.Payroll payroll) {
        try {
            payroll.pay(900);
        } catch (ApprovalRequiredException ex) {
            return ex.getTicket();
        }
        throw new AssertionError("Nobody was asked");
    }

    private Path paid() {
        return this.folder.resolve("paid.txt");
    }
}
