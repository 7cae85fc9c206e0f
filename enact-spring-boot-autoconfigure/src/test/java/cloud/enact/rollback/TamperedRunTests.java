package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rollback believes nothing that was altered behind its back. */
class TamperedRunTests {

    private final Office office = new Office();

    private final RunId run = this.office.run();

    private void refused(String... words) {
        RollbackReport preview = this.office.service.preview(this.run);
        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.message()).contains("nothing was touched").contains(words);
        assertThat(report.steps()).isEmpty();
        assertThat(preview.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(this.office.files.touched).isEmpty();
        assertThat(this.office.receipts(ReceiptKind.ROLLBACK_STARTED)).isEmpty();
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK))
                .last()
                .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("REFUSED"))
                .satisfies(receipt -> assertThat(receipt.originalRunId()).isEqualTo(this.run));
    }

    @Test
    void anEditedReceiptIsRefused() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        Receipt completed = this.office.receipts(ReceiptKind.COMPLETED).get(0);
        this.office.store.rewrite(completed, text -> text.replace("SUCCEEDED", "SUCCEEDE!"));

        refused("Entry 2 of receipt log office", "signature does not fit");
    }

    @Test
    void anUnreadableReceiptIsRefused() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        Office.ActionUnderWay second = this.office.action(this.run, "files.put");
        Receipt middle = second.decided();
        second.succeeds();
        this.office.store.rewrite(middle, text -> "not a receipt");

        refused("Entry 3 of receipt log office", "can't be read");
    }

    @Test
    void aDroppedReceiptInTheMiddleIsRefused() {
        Office.ActionUnderWay action = this.office.action(this.run, "mail.send");
        Receipt decided = action.decided();
        action.reversibility(Reversibility.IRREVERSIBLE).succeeds();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office.store.drop(decided);

        refused("Entry ", "receipt log office");
    }

    @Test
    void droppedLastReceiptsOfTheRunAreRefusedWhenTheLogGoesOn() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        Office.ActionUnderWay hidden = this.office.action(this.run, "mail.send");
        Receipt decided = hidden.decided();
        Receipt completed = hidden.reversibility(Reversibility.IRREVERSIBLE).succeeds();
        this.office.unrelatedAction();
        this.office.store.drop(decided);
        this.office.store.drop(completed);

        refused("Entry 3 of receipt log office", "missing");
    }

    @Test
    void anEntryThatWasMadeToNameAnotherRunIsRefused() {
        Office.ActionUnderWay hidden = this.office.action(this.run, "mail.send");
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        Receipt decided = hidden.decided();
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "b", "new")
                .succeeds();
        UnaryOperator<String> toAnother =
                text -> text.replace(this.run.toString(), this.office.run().toString());
        this.office.store.rewrite(decided, toAnother);

        refused("Entry 3 of receipt log office", "signature does not fit");
    }

    @Test
    void alteredUndoDataIsRefused() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        RollbackService service = this.office.service(
                this.office.log,
                new ReadingUndoLog(records -> {
                    throw new UndoLogException("Record 1 of the undo log was altered: its seal does not fit", null);
                }),
                List.of(this.office.files));

        RollbackReport report = service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.message()).contains("undo log can't be trusted", "seal");
        assertThat(this.office.files.touched).isEmpty();
    }

    @Test
    void aMissingUndoRecordIsRefused() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        RollbackService service = this.office.service(
                this.office.log, new ReadingUndoLog(records -> List.of()), List.of(this.office.files));

        RollbackReport report = service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.message()).contains("Step 1 (files.put)", "missing from the undo log");
    }

    @Test
    void anUndoRecordWithAnotherDigestThanItsReceiptIsRefused() {
        Office.ActionUnderWay action = this.office.action(this.run, "files.put");
        UndoRecord record = action.begin(this.office.files, "put", "a", this.office.files.capture("a", "new"));
        action.step(new ActionStep(
                        "files.put",
                        true,
                        Map.of(),
                        null,
                        Reversibility.REVERSIBLE,
                        record.position(),
                        "sha256:" + "0".repeat(64)))
                .succeeds();

        refused("Step 1 (files.put)", "not in the undo log as its receipt names it");
    }

    @Test
    void aRecordThatAnotherActionClaimsIsRefused() {
        UndoRecord record = this.office
                .action(this.run, "files.put")
                .begin(this.office.files, "put", "a", this.office.files.capture("a", "new"));
        this.office
                .action(this.run, "files.put")
                .step("files.put", Reversibility.REVERSIBLE, record)
                .succeeds();

        refused("Step 1 (files.put)");
    }

    @Test
    void aDoneStepThatNoReceiptLetThroughIsRefused() {
        this.office.unrelatedAction();
        this.office.action(this.run, "files.read").readOnly().succeeds();
        UndoRecord record = this.office.undoLog.begin(
                this.run,
                this.office.ids.next(),
                "files",
                "put",
                Map.of("key", "a"),
                Reversibility.REVERSIBLE,
                this.office.files.capture("a", "new"));
        this.office.undoLog.end(record.position(), UndoRecord.State.DONE, null);

        refused("Step 1 of the undo log (files.put)", "no receipt of the run let through");
    }

    @Test
    void aCaptureWhoseActionWasNeverLetThroughIsLookedAtLikeAnyOther() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office.undoLog.begin(
                this.run,
                this.office.ids.next(),
                "files",
                "put",
                Map.of("key", "b"),
                Reversibility.REVERSIBLE,
                this.office.files.capture("b", "new"));

        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
    }

    @Test
    void aForgedReceiptOfAnEarlierRollbackIsRefused() {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", "new")
                .succeeds();
        this.office.files.broken.add("a");
        this.office.rollback(this.run);
        this.office.files.broken.clear();
        this.office.files.touched.clear();
        Receipt ended = this.office.receipts(ReceiptKind.ROLLED_BACK).get(0);
        this.office.store.rewrite(
                ended,
                text -> text.replace("\"restoration\":\"FAILED\"", "\"restoration\":\"RESTORED\"")
                        .replace("\"decision\":\"PARTIAL\"", "\"decision\":\"ROLLED_BACK\""));

        RollbackReport report = this.office.rollback(this.run);

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.message()).contains("signature does not fit");
        assertThat(this.office.files.touched).isEmpty();
    }

    /** Gives other records than were written. */
    private final class ReadingUndoLog implements UndoLog {

        private final UnaryOperator<List<UndoRecord>> reading;

        private ReadingUndoLog(UnaryOperator<List<UndoRecord>> reading) {
            this.reading = reading;
        }

        @Override
        public UndoRecord begin(
                RunId runId,
                UUID actionId,
                String connector,
                String operation,
                Map<String, @Nullable Object> args,
                Reversibility reversibility,
                Capture capture) {
            throw new UndoLogException("read only", null);
        }

        @Override
        public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
            throw new UndoLogException("read only", null);
        }

        @Override
        public List<UndoRecord> findByRun(RunId runId) {
            return this.reading.apply(TamperedRunTests.this.office.undoLog.findByRun(runId));
        }

        @Override
        public Optional<Claim> claim(RunId runId) {
            return TamperedRunTests.this.office.undoLog.claim(runId);
        }
    }
}
