package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures, crashes, and two at once. */
class InterruptedRollbackTests {

    private final Office office = new Office();

    private final RunId run = this.office.run();

    @Test
    void aFailureStopsOlderStepsOfTheSameConnectorOnly() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "tickets.put")
                .put(this.office.tickets, "t", "open")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "b", "new")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "c", "new")
                .succeeds();
        this.office.files.broken.add("b");

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.FAILED, Restoration.RESTORED, Restoration.FAILED);
        assertThat(report.steps().get(1).detail())
                .contains("IllegalStateException")
                .doesNotContain("secret-argument");
        assertThat(report.steps().get(3).detail()).startsWith("Not tried because step 3");
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "new", "b", "new"));
        assertThat(this.office.tickets.values()).isEmpty();
    }

    @Test
    void afterAFailureANewCallTriesOnlyWhatIsNotUndone() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "b", "new")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "c", "new")
                .succeeds();
        this.office.files.broken.add("b");
        this.office.rollback(this.run);
        this.office.files.broken.clear();
        this.office.files.touched.clear();
        this.office.files.put("c", "of somebody else");

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.ALREADY_RESTORED, Restoration.RESTORED, Restoration.RESTORED);
        assertThat(this.office.files.touched).containsExactly(2L, 1L);
        assertThat(this.office.files.values()).isEqualTo(Map.of("c", "of somebody else"));
    }

    @Test
    void aChangeBetweenPrecheckAndUndoStopsTheConnector() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "b", "new")
                .succeeds();
        this.office.files.beforeUndo = () -> this.office.files.put("b", "of somebody else");

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.CONFLICT, Restoration.FAILED);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "new", "b", "of somebody else"));
    }

    /** The same key twice: after the older undo the state is one that the newer step never knew. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aCrashAtAnyMomentIsTakenUpWhereItStopped(int lastWrite) {
        this.office.files.put("a", "0");
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "1")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "b", "1")
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "2")
                .succeeds();
        CrashingUndoLog crashing = new CrashingUndoLog(this.office.undoLog, lastWrite);
        RollbackService dying = this.office.service(this.office.log, crashing, List.of(this.office.files));
        try {
            dying.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));
        } catch (CrashingUndoLog.ProcessDied ex) {
            assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK)).isEmpty();
        }

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "0"));
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK)).hasSize(1);
        assertThat(this.office.rollback(this.run).repeated()).isTrue();
    }

    @Test
    void withoutADurableStartNothingIsTouched() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        RollbackService service = this.office.service(new FailingLog(ReceiptKind.ROLLBACK_STARTED));

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null)));
        assertThat(this.office.files.touched).isEmpty();
        assertThat(this.office.files.values()).containsEntry("a", "new");
        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
    }

    @Test
    void aReportWhoseReceiptCantBeWrittenIsStillGivenAndMadeUpForLater() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        RollbackService service = this.office.service(new FailingLog(ReceiptKind.ROLLED_BACK));

        RollbackReport report = service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(report.message()).contains("could not be written");
        assertThat(this.office.files.values()).isEmpty();

        this.office.files.put("a", "of somebody else");
        RollbackReport again = this.office.rollback(this.run);

        assertThat(again.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(again.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.ALREADY_RESTORED);
        assertThat(this.office.files.values()).containsEntry("a", "of somebody else");
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK)).hasSize(1);
    }

    @Test
    void stepsOfAConnectorThatIsNotHereAreToldAndTheOthersUndone() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "tickets.put")
                .put(this.office.tickets, "t", "open")
                .succeeds();
        RollbackService service = this.office.service(this.office.log, this.office.undoLog, List.of(this.office.files));

        RollbackReport report = service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.FAILED, Restoration.RESTORED);
        assertThat(report.steps().get(0).detail()).contains("no connector 'tickets' here");
    }

    @Test
    void whenNoStepCanBeReachedTheRollbackIsRefused() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        RollbackService service = this.office.service(this.office.log, this.office.undoLog, List.of());

        RollbackReport report = service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.office.receipts(ReceiptKind.ROLLBACK_STARTED)).isEmpty();
        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
    }

    @Test
    void aPrecheckThatThrowsIsAFailureOfItsConnectorOnly() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "tickets.put")
                .put(this.office.tickets, "t", "open")
                .succeeds();
        this.office.files.hidden.add("a");

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps().get(1).detail())
                .contains("IllegalStateException")
                .doesNotContain("secret-argument");
        assertThat(this.office.files.values()).containsEntry("a", "new");
        assertThat(this.office.tickets.values()).isEmpty();
    }

    @Test
    void aStepThatFailsThePrecheckStopsOlderOnesOfItsConnector() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office
                .action(this.run, "files.lock")
                .special(this.office.files, "lock", Reversibility.REVERSIBLE)
                .succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "b", "new")
                .succeeds();

        RollbackReport preview = this.office.service.preview(this.run);
        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.FAILED, Restoration.FAILED);
        assertThat(preview.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.FAILED, Restoration.FAILED);
        assertThat(this.office.files.touched).containsExactly(3L);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "new"));
    }

    @Test
    void oneRunIsRolledBackByOneAtATime() throws Exception {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        RunId other = this.office.run();
        this.office
                .action(other, "tickets.put")
                .put(this.office.tickets, "t", "open")
                .succeeds();
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        this.office.files.beforeUndo = () -> {
            underWay.countDown();
            await(goOn);
        };
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<RollbackReport> first = threads.submit(() -> this.office.rollback(this.run));
            await(underWay);

            RollbackReport second = this.office.rollback(this.run);
            RollbackReport elsewhere = this.office.rollback(other);
            goOn.countDown();

            assertThat(second.result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(second.message()).contains("being rolled back right now");
            assertThat(elsewhere.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(first.get(30, TimeUnit.SECONDS).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.office.files.touched).containsExactly(1L);
            assertThat(this.office.rollback(this.run).repeated()).isTrue();
        } finally {
            goOn.countDown();
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void aThousandStepsComeBackAndAreAllInTheReceipt() {
        Office.ActionUnderWay action = this.office.action(this.run, "files.put");
        for (int i = 0; i < 1000; i++) {
            // four keys with long and odd names, which bring the receipt to its limits
            action.put(this.office.files, "\u0001\"".repeat(200) + i % 4, "value " + i);
        }
        action.succeeds();

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEmpty();
        assertThat(this.office.files.touched).hasSize(1000);
        Receipt ended = this.office.receipts(ReceiptKind.ROLLED_BACK).get(0);
        assertThat((List<?>) ended.fields().get("actions_reversed"))
                .hasSize(1000)
                .allSatisfy(reversed -> assertThat(ReversedStep.read(reversed)).isNotNull());
        RollbackReport again = this.office.rollback(this.run);
        assertThat(again.repeated()).isTrue();
        assertThat(this.office.files.touched).hasSize(1000);
    }

    @Test
    void twoConnectorsOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.office.service(
                        this.office.log, this.office.undoLog, List.of(new KeyValues("files"), new KeyValues("files"))))
                .withMessageContaining("'files'");
    }

    @Test
    void skippingEverythingTouchesNothing() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();

        RollbackReport report = this.office.rollback(this.run, Set.of(1L), Set.of());

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(this.office.files.touched).isEmpty();
        assertThat(this.office.receipts(ReceiptKind.ROLLBACK_STARTED)).isEmpty();
    }

    /** A log whose disk is full when it comes to one kind of receipt. */
    private final class FailingLog implements ReceiptLog {

        private final ReceiptKind kind;

        private FailingLog(ReceiptKind kind) {
            this.kind = kind;
        }

        @Override
        public Receipt append(ReceiptDraft draft) {
            if (draft.kind() == this.kind) {
                throw new ReceiptStoreException("The disk is full", null);
            }
            return InterruptedRollbackTests.this.office.log.append(draft);
        }

        @Override
        public String id() {
            return InterruptedRollbackTests.this.office.log.id();
        }

        @Override
        public void close() {}
    }
}
