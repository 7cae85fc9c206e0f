package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One run that worked in three systems, one of which is down, changed by somebody, or waits for somebody. */
class SeveralSystemsTests {

    private final Office office = new Office();

    private final RunId run = this.office.run();

    @BeforeEach
    void workInAllOfThem() {
        this.office.files.put("a", "0");
        put(this.office.files, "a", "1");
        put(this.office.chat, "m1", "hello");
        put(this.office.tickets, "t", "open");
        put(this.office.files, "a", "2");
        put(this.office.chat, "m2", "done");
        put(this.office.tickets, "t", "closed");
    }

    private void put(KeyValues system, String key, String value) {
        this.office
                .action(this.run, system.connector() + ".put")
                .put(system, key, value)
                .succeeds();
    }

    private void assertAllIsBack() {
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "0"));
        assertThat(this.office.tickets.values()).isEmpty();
        assertThat(this.office.chat.values()).isEmpty();
    }

    private static List<Restoration> restorations(RollbackReport report) {
        return report.steps().stream().map(StepRestoration::restoration).toList();
    }

    @Test
    void whatIsDownFromTheBeginningIsUndoneWhenItIsBack() {
        this.office.chat.down = true;

        RollbackReport partial = this.office.rollback(this.run);

        assertThat(partial.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(restorations(partial))
                .containsExactly(
                        Restoration.RESTORED,
                        Restoration.FAILED,
                        Restoration.RESTORED,
                        Restoration.RESTORED,
                        Restoration.FAILED,
                        Restoration.RESTORED);
        assertThat(partial.toString()).doesNotContain("secret-argument");
        assertThat(this.office.chat.values()).hasSize(2);

        this.office.chat.down = false;
        RollbackReport rest = this.office.rollback(this.run);

        assertThat(rest.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertAllIsBack();
    }

    @Test
    void whatGoesDownInTheMiddleIsUndoneWhenItIsBack() {
        this.office.chat.beforeUndo = () -> this.office.chat.down = true;

        RollbackReport partial = this.office.rollback(this.run);

        assertThat(partial.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(partial.steps().get(4).detail()).startsWith("Not tried because step 5");
        assertThat(this.office.chat.values()).hasSize(2);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "0"));

        this.office.chat.beforeUndo = () -> {};
        this.office.chat.down = false;
        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertAllIsBack();
        assertThat(this.office.rollback(this.run).repeated()).isTrue();
    }

    @Test
    void aConflictInOneRefusesAllAndAllConflictsOfAllAreTold() {
        this.office.chat.put("m1", "edited by somebody");
        this.office.tickets.put("t", "reopened by somebody");

        RollbackReport refused = this.office.rollback(this.run);

        assertThat(refused.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(refused.steps())
                .filteredOn(step -> step.restoration() == Restoration.CONFLICT)
                .extracting(StepRestoration::action)
                .containsExactly("tickets.put", "chat.put");
        assertThat(restorations(refused)).containsOnly(Restoration.CONFLICT, Restoration.SKIPPED);
        assertThat(this.office.files.touched).isEmpty();
        assertThat(this.office.chat.touched).isEmpty();
        assertThat(this.office.tickets.touched).isEmpty();
        assertThat(this.office.receipts(ReceiptKind.ROLLBACK_STARTED)).isEmpty();
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK)).hasSize(1);
    }

    @Test
    void whatWaitsForSomebodyIsRestoredWhenTheyHaveDoneTheirPart() {
        this.office
                .action(this.run, "chat.propose")
                .special(this.office.chat, "propose", Reversibility.REVERSIBLE)
                .succeeds();
        this.office.chat.put("special", null);

        RollbackReport pending = this.office.rollback(this.run);
        RollbackReport still = this.office.rollback(this.run);

        assertThat(pending.result()).isEqualTo(RollbackResult.PENDING);
        assertThat(still.result()).isEqualTo(RollbackResult.PENDING);
        assertAllIsBack();

        this.office.chat.approving = true;
        RollbackReport rest = this.office.rollback(this.run);

        assertThat(rest.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.rollback(this.run).repeated()).isTrue();
    }

    static List<Integer> everyWrite() {
        return IntStream.rangeClosed(0, 24).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("everyWrite")
    void aCrashBetweenAnyTwoStepsIsTakenUpToTheSameEnd(int writes) {
        RollbackService dying = this.office.service(
                this.office.log,
                new CrashingUndoLog(this.office.undoLog, writes),
                List.of(this.office.files, this.office.tickets, this.office.chat));
        try {
            dying.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));
        } catch (CrashingUndoLog.ProcessDied ex) {
            assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK)).isEmpty();
        }

        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertAllIsBack();
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK)).hasSize(1);
    }

    @Test
    void theReceiptProvesStepByStepWhatCameOfIt() {
        this.office.chat.beforeUndo = () -> this.office.chat.down = true;

        RollbackReport report = this.office.rollback(this.run);

        Receipt receipt = this.office.receipts(ReceiptKind.ROLLED_BACK).get(0);
        assertThat(receipt.runId()).isEqualTo(report.rollbackRunId());
        assertThat(receipt.actor()).isEqualTo(Office.ADMIN.id());
        assertThat(receipt.fields().get("payload")).isEqualTo(Map.of("reason", "the agent was wrong"));
        List<?> reversed = (List<?>) receipt.fields().get("actions_reversed");
        assertThat(reversed).hasSameSizeAs(report.steps());
        for (int i = 0; i < reversed.size(); i++) {
            Map<?, ?> element = (Map<?, ?>) reversed.get(i);
            StepRestoration step = report.steps().get(i);
            boolean back = step.restoration() == Restoration.RESTORED;
            assertThat(element.get("position")).isEqualTo(step.position());
            assertThat(element.get("action")).isEqualTo(step.action());
            assertThat(element.get("restoration")).isEqualTo(step.restoration().name());
            assertThat(element.get("detail")).isEqualTo(step.detail());
            assertThat(element.get("verified")).isEqualTo(back);
            assertThat(element.get("undo_digest"))
                    .isEqualTo(this.office.undoLog.findByRun(this.run).stream()
                            .filter(record -> record.position() == step.position())
                            .findFirst()
                            .orElseThrow()
                            .digest());
        }
        assertThat(this.office.verifier.verifyAll().valid()).isTrue();
        assertThat(receipt.toString()).doesNotContain("secret-argument");
    }
}
