package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.Approver;
import cloud.enact.gate.ApprovalRequiredException;
import cloud.enact.undo.postgres.OwnDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Requests for approval in PostgreSQL, whose application is killed while another one runs. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ApprovalDatabaseCrashTests {

    private static final Approver BOSS = new Approver("boss@example.com", Set.of(), "test");

    @RegisterExtension
    private final OwnDatabase database = new OwnDatabase();

    @TempDir
    Path folder;

    private String[] properties() {
        return new String[] {
            "enact.receipts.store=jdbc",
            "enact.receipts.jdbc.initialize-schema=always",
            "enact.receipts.jdbc.lease=1s",
            "test.url=" + this.database.url()
        };
    }

    @Test
    void requestOfAnApplicationThatIsKilledIsAnsweredElsewhereAndItsCallGoesThroughOnce() throws Exception {
        Child child = Child.start(this.folder, PayrollWorker.class, properties());
        UUID ticket = PayrollWorker.ticket(child, PayrollWorker.ASKED);
        child.kill();

        try (ConfigurableApplicationContext one = PayrollWorker.start(this.folder, properties());
                ConfigurableApplicationContext other = PayrollWorker.start(this.folder, properties())) {
            assertThatExceptionOfType(ApprovalRequiredException.class)
                    .isThrownBy(() -> one.getBean(PayrollWorker.Payroll.class).pay(900))
                    .satisfies(error -> assertThat(error.getTicket()).isEqualTo(ticket));
            other.getBean(ApprovalService.class).answer(ticket, BOSS, true, null);

            List<Boolean> through = List.of(one, other).parallelStream()
                    .map(PayrollWorker::goesThrough)
                    .toList();

            assertThat(through).containsExactlyInAnyOrder(true, false);
            assertThat(this.folder.resolve("paid.txt")).hasContent("900");
            assertThat(one.getBean(ApprovalService.class)
                            .find(ticket)
                            .orElseThrow()
                            .state())
                    .isEqualTo(ApprovalState.USED);
        }
    }
}
