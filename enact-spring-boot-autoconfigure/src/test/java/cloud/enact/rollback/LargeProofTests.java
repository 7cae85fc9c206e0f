package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However much the systems say of what they undid, the receipt keeps what later rollbacks need of it. */
class LargeProofTests {

    private final Office office = new Office();

    private final RunId run = this.office.run();

    @ParameterizedTest
    @CsvSource({"1,100000", "200,900", "2000,20"})
    void whatWasUndoneIsKnownAndCanBeDoneAgain(int steps, int words) {
        Office.ActionUnderWay action = this.office.action(this.run, "work");
        for (int i = 0; i < steps; i++) {
            action.put(this.office.files, "key " + i, "new");
        }
        action.succeeds();
        RollbackService service = this.office.service(
                this.office.log, this.office.undoLog, List.of(new Talkative(this.office.files, "word ".repeat(words))));
        RollbackReport undone = service.rollback(RollbackRequest.of(this.run, Office.ADMIN, null));
        assertThat(undone.result()).isEqualTo(RollbackResult.ROLLED_BACK);

        assertThat(this.office.rollback(this.run).repeated()).isTrue();
        RollbackReport redone = this.office.rollback(Objects.requireNonNull(undone.rollbackRunId()));

        assertThat(redone.message()).doesNotContain("not named");
        assertThat(redone.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).hasSize(steps);
        Receipt proof = this.office.receipts(ReceiptKind.ROLLED_BACK).get(0);
        assertThat((List<?>) proof.fields().get("actions_reversed"))
                .hasSize(steps)
                .allSatisfy(step -> assertThat(((Map<?, ?>) step).containsKey("undo_digest"))
                        .isTrue());
    }

    private record Talkative(KeyValues system, String words) implements StepUndo {

        @Override
        public String connector() {
            return this.system.connector();
        }

        @Override
        public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
            return this.system.precheck(newestFirst);
        }

        @Override
        public StepRestoration undo(UndoRecord record, boolean force) {
            StepRestoration answer = this.system.undo(record, force);
            return new StepRestoration(answer.position(), answer.action(), answer.restoration(), this.words)
                    .with(Map.of("first", this.words, "second", List.of(this.words, this.words, this.words)));
        }

        @Override
        public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) {
            return this.system.reversal(record, blobs);
        }
    }
}
