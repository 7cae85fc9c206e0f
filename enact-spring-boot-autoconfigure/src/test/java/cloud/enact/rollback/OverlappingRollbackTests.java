package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that go on, or are too long. */
class OverlappingRollbackTests {

    private final Office office = new Office();

    private final RunId run = this.office.run();

    @Test
    void anActionThatBeginsWhileItsRunIsRolledBackIsNotReportedAsRolledBack() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "agent's")
                .succeeds();
        this.office.files.beforeUndo = () -> {
            this.office.files.beforeUndo = () -> {};
            this.office
                    .action(this.run, "files.put")
                    .put(this.office.files, "b", "agent's")
                    .succeeds();
        };

        RollbackReport report = this.office.rollback(this.run);

        assertThat(this.office.files.values()).containsKey("b");
        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .first()
                .satisfies(line -> assertThat(line.restoration()).isEqualTo(Restoration.SKIPPED))
                .satisfies(line -> assertThat(line.detail()).contains("began while the run was being rolled back"));

        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEmpty();
    }

    @Test
    void anActionThatEndsWhileItIsAskedWhetherItRunsHasOneEnd() {
        Office.ActionUnderWay action = this.office.action(this.run, "files.put").put(this.office.files, "a", "agent's");
        RollbackService service = RollbackService.over(
                        this.office.store, this.office.log, this.office.verifier, this.office.undoLog)
                .undos(List.of(this.office.files))
                .inFlight(id -> {
                    action.succeeds();
                    return false;
                })
                .build(this.office.ids, Office.CLOCK);

        RollbackReport report = service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.message()).contains("ended just now");
        assertThat(this.office.receipts(ReceiptKind.RECONCILED)).isEmpty();
        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
    }

    @Test
    void anActionThatLeavesNothingInTheUndoLogIsSeenToBeginToo() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "agent's")
                .succeeds();
        this.office.files.beforeUndo = () -> {
            this.office.files.beforeUndo = () -> {};
            this.office.action(this.run, "files.read").readOnly().succeeds();
            this.office
                    .action(this.run, "mail.send")
                    .reversibility(Reversibility.IRREVERSIBLE)
                    .succeeds();
            this.office
                    .action(this.office.run(), "mail.send")
                    .reversibility(Reversibility.IRREVERSIBLE)
                    .succeeds();
        };

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps()).hasSize(2);
        assertThat(report.steps().get(0).action()).isEqualTo("mail.send");
        assertThat(report.steps().get(0).restoration()).isEqualTo(Restoration.SKIPPED);
        assertThat(report.steps().get(0).detail()).contains("began while the run was being rolled back");
    }

    @Test
    void receiptsThatAreDamagedWhileARunIsRolledBackLeaveItOpenWhetherItWentOn() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "agent's")
                .succeeds();
        this.office.files.beforeUndo = () -> {
            this.office.files.beforeUndo = () -> {};
            this.office.store.rewrite(
                    this.office.action(this.office.run(), "mail.send").decided(), text -> "not a receipt");
        };

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps().get(0).detail()).contains("can't be trusted", "Nobody knows whether the run went on");
    }

    @Test
    void aStepThatEndsWhileItsRunIsRolledBackIsNotReportedAsRolledBack() {
        Office.ActionUnderWay action = this.office.action(this.run, "files.put");
        UndoRecord record = action.begin(this.office.files, "put", "a", this.office.files.capture("a", "agent's"));
        this.office.files.beforeUndo = () -> {
            this.office.files.beforeUndo = () -> {};
            this.office.undoLog.end(record.position(), UndoRecord.State.DONE, null);
        };

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .singleElement()
                .satisfies(line -> assertThat(line.detail()).contains("came to its end while"));
    }

    @Test
    void anAgentThatAsksForTooMuchCanNotMakeItsRunImpossibleToUndo() {
        ReceiptStore store = ReceiptStore.inMemory(300_000);
        ReceiptLog log = ReceiptLog.direct("log", store, Office.SIGNER, Masking.defaults(), Office.CLOCK);
        RollbackService service = RollbackService.of(
                store,
                log,
                new ReceiptVerifier(store, ReceiptKeys.of(Office.SIGNER)),
                this.office.undoLog,
                List.of(this.office.files),
                id -> false,
                this.office.ids,
                Office.CLOCK);
        Decision block = Decision.of(List.of(Verdict.block("p", "no")), EnactMode.ENFORCE, "sha256:00");
        for (int i = 0; i <= ReceiptStore.MAX_RUN; i++) {
            ActionRequest refused = new ActionRequest(
                    this.office.ids.next(),
                    Run.of(this.run),
                    null,
                    "shell.rm",
                    Map.of(),
                    Actor.of("agent"),
                    null,
                    Reversibility.IRREVERSIBLE,
                    Office.NOW);
            log.append(ReceiptDraft.decided(refused, block, EnactMode.ENFORCE));
        }

        assertThatCode(() -> service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null)))
                .doesNotThrowAnyException();
    }
}
