package cloud.enact.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.undo.UndoLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Settling what nobody knows the end of, while things go on. */
class RecoveryServiceTests {

    private final ReceiptStore store = ReceiptStore.inMemory(1000);

    private final ReceiptLog log = Drafts.log(this.store);

    private final ReceiptVerifier verifier =
            new ReceiptVerifier(this.store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));

    private final ActionRequest request = Drafts.request(Drafts.run(), Map.of());

    private final Receipt decision =
            this.log.append(ReceiptDraft.decided(this.request, Drafts.pass(), EnactMode.ENFORCE));

    private final UndoLog undoLog = UndoLog.inMemory();

    private RecoveryService service(Predicate<UUID> inFlight) {
        return RecoveryService.over(this.store, this.log, this.verifier, this.undoLog)
                .inFlight(inFlight)
                .build(Drafts.CLOCK);
    }

    private ReconcileRequest notDone() {
        return ReconcileRequest.of(this.decision.runId(), Resolution.NOT_DONE, Actor.of("ann@example.org"), "I looked");
    }

    private List<Receipt> settled() {
        return this.store
                .query(ReceiptFilter.ofKind(ReceiptKind.RECONCILED), null, 100)
                .receipts();
    }

    @Test
    void whatEndsWhileSomebodySettlesItHasOneEnd() {
        RecoveryService service = service(actionId -> {
            this.log.append(Drafts.completed(this.request));
            return false;
        });

        assertThat(service.reconcile(notDone()).result()).isEqualTo(ReconcileReport.Result.NOTHING_IN_DOUBT);
        assertThat(settled()).isEmpty();
    }

    @Test
    void whatEndsWhileSomebodyLooksIsNotShownAsInDoubt() {
        RecoveryService service = service(actionId -> {
            this.log.append(Drafts.completed(this.request));
            return false;
        });

        assertThat(service.look(this.decision.runId())).isEmpty();
    }

    @Test
    void whatStillRunsIsNotSettled() {
        ReconcileReport report = service(actionId -> true).reconcile(notDone());

        assertThat(report.result()).isEqualTo(ReconcileReport.Result.REFUSED);
        assertThat(report.message()).contains("still running");
        assertThat(settled()).isEmpty();
    }

    @Test
    void ofManyWhoSettleAtOnceOneDoes() throws Exception {
        RecoveryService service = service(actionId -> false);
        ConcurrentLinkedQueue<ReconcileReport.Result> results = new ConcurrentLinkedQueue<>();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService people = Executors.newFixedThreadPool(8);
        List<Future<?>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(people.submit(() -> {
                start.await();
                return results.add(service.reconcile(notDone()).result());
            }));
        }
        start.countDown();
        for (Future<?> each : asked) {
            each.get();
        }
        people.shutdown();

        assertThat(results)
                .containsOnlyOnce(ReconcileReport.Result.RECONCILED)
                .isSubsetOf(
                        ReconcileReport.Result.RECONCILED,
                        ReconcileReport.Result.REFUSED,
                        ReconcileReport.Result.NOTHING_IN_DOUBT);
        assertThat(settled()).hasSize(1);
    }
}
