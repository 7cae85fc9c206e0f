package cloud.enact.rollback;

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
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that go on, or are too long. */
class OverlappingRollbackTests {

    private final Office office = new Office();

    private final RunId run = this.office.run();

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
