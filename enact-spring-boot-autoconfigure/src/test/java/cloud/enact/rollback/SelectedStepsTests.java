package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Some steps of a run, and what was built on them. */
class SelectedStepsTests {

    private final Office office = new Office();

    private final RunId run = this.office.run();

    private void put(String key, String value) {
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, key, value)
                .succeeds();
    }

    private RollbackRequest request() {
        return RollbackRequest.of(this.run, Office.ADMIN, "half of it was wrong");
    }

    @Test
    void onlyTheSelectedStepsAreUndone() {
        put("a", "1");
        put("b", "1");
        put("c", "1");

        RollbackReport report = this.office.service.rollback(request().only(1L, 3L));

        assertThat(report.result()).isEqualTo(RollbackResult.PARTIAL);
        assertThat(report.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.SKIPPED, Restoration.RESTORED);
        assertThat(this.office.files.values()).isEqualTo(Map.of("b", "1"));
        Receipt ended = this.office.receipts(ReceiptKind.ROLLED_BACK).get(0);
        assertThat(ended.fields().get("payload")).asString().contains("only=[1, 3]");

        assertThat(this.office.rollback(this.run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.office.files.values()).isEmpty();
    }

    @Test
    void aStepIsNotTakenFromUnderOneThatWasBuiltOnIt() {
        put("a", "1");
        put("b", "1");
        put("a", "2");
        put("a", "3");

        RollbackReport preview = this.office.service.preview(request().only(1L));
        RollbackReport report = this.office.service.rollback(request().only(1L));

        assertThat(preview.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(preview.message()).contains("would be refused", "Undo these, too: 4, 3");
        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.message()).contains("nothing was touched", "built on step 1", "Undo these, too: 4, 3");
        assertThat(this.office.files.touched).isEmpty();
        assertThat(this.office.receipts(ReceiptKind.ROLLBACK_STARTED)).isEmpty();
        assertThat(this.office.receipts(ReceiptKind.ROLLED_BACK)).hasSize(1);

        assertThat(this.office.service.rollback(request().only(1L, 3L, 4L)).result())
                .isEqualTo(RollbackResult.PARTIAL);
        assertThat(this.office.files.values()).isEqualTo(Map.of("b", "1"));
    }

    @Test
    void whatIsSkippedMayNotRestOnWhatIsUndoneEither() {
        put("a", "1");
        put("a", "2");

        RollbackReport report = this.office.service.rollback(request().skipping(2L));

        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.message()).contains("Undo these, too: 2");
        assertThat(this.office.service.rollback(request().skipping(1L)).result())
                .isEqualTo(RollbackResult.PARTIAL);
        assertThat(this.office.files.values()).isEqualTo(Map.of("a", "1"));
    }

    /** A file that is made and removed again looks as it did before either. */
    @Test
    void whatOnlyLooksUndoneIsLookedAtAgainWhenTheNewerStepIsUndone() {
        put("a", "1");
        this.office
                .action(this.run, "files.put")
                .put(this.office.files, "a", null)
                .succeeds();
        RollbackReport first = this.office.service.rollback(
                RollbackRequest.of(this.run, Office.ADMIN, null).only(1L));
        assertThat(first.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.SKIPPED, Restoration.ALREADY_RESTORED);

        RollbackReport rest = this.office.rollback(this.run);

        assertThat(rest.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(rest.steps())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.RESTORED);
        assertThat(this.office.files.values()).isEmpty();
        assertThat(this.office.rollback(this.run).repeated()).isTrue();
    }

    @Test
    void aConnectorThatDoesNotSayIsTakenToHaveBuiltEachStepOnTheOlderOnes() {
        put("a", "1");
        put("b", "1");
        RollbackService service =
                this.office.service(this.office.log, this.office.undoLog, List.of(new SilentSystem(this.office.files)));

        assertThat(service.rollback(request().only(1L)).message()).contains("Undo these, too: 2");
    }

    @Test
    void aRequestThatContradictsItselfOrNamesNoStepIsNotARequest() {
        put("a", "1");

        for (RollbackRequest wrong : List.of(
                request().only(7L),
                request().only(1L).skipping(1L),
                request().only(1L).forcing(2L))) {
            assertThatExceptionOfType(RollbackRequestException.class)
                    .isThrownBy(() -> this.office.service.rollback(wrong));
            assertThatExceptionOfType(RollbackRequestException.class)
                    .isThrownBy(() -> this.office.service.preview(wrong));
        }
        assertThat(this.office.files.touched).isEmpty();
    }

    @Test
    void whoeverNamesNoStepDoesNotMeanAllOfThem() {
        for (Consumer<RollbackRequest> none : List.<Consumer<RollbackRequest>>of(
                request -> request.only(Set.of()), request -> request.onlyListed(" "))) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> none.accept(request()))
                    .withMessageContaining("Name the steps to undo");
        }
        assertThat(request().onlyListed(null)).isEqualTo(request());
    }

    @Test
    void aListOfStepsHoldsNoRows() {
        assertThat(Selection.parseSteps(" 3, 7 ")).isEqualTo(Set.of(3L, 7L));
        assertThat(Selection.parseSteps(null)).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Selection.parseSteps("3,public.orders"))
                .withMessageContaining("undone together");
    }
}
