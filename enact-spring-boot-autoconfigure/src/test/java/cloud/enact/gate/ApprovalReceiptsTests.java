package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalChange;
import cloud.enact.approval.ApprovalRecord;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.SampleApprovals;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLimits;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApprovalReceiptsTests {

    private final SampleApprovals samples = new SampleApprovals();

    private final ReceiptStore store = ReceiptStore.inMemory(100);

    private final ApprovalRecord record = record("log", "a secret of more than 32 characters, for tests");

    private final ApprovalRequest request = this.samples.request("call");

    private final ApprovalChange yes = change(ApprovalState.APPROVED, this.samples.answer(true, "ann"));

    private final ApprovalChange no = change(ApprovalState.DENIED, this.samples.answer(false, "bob"));

    @Test
    void anAnswerIsFoundOnceItIsThere() {
        this.record.changed(this.request, this.no);

        assertThat(this.record.holds(this.request, this.yes)).isFalse();
        this.record.changed(this.request, this.yes);
        assertThat(this.record.holds(this.request, this.yes)).isTrue();
        assertThat(this.record.holds(this.samples.request("call"), this.yes)).isFalse();
    }

    @Test
    void anAnswerThatWasOvertakenDoesNotCount() {
        this.record.changed(this.request, this.no);
        this.record.overtaken(this.request, this.no);

        assertThat(this.record.holds(this.request, this.no)).isFalse();
        assertThat(this.record.isOver(this.request)).isFalse();
    }

    @Test
    void anAnswerThatIsForgedDoesNotCount() {
        record("foreign", "another secret of more than 32 characters").changed(this.request, this.yes);

        assertThat(this.record.holds(this.request, this.yes)).isFalse();
    }

    @Test
    void nobodyTakesAnEndBackWithoutAKey() {
        ApprovalRecord foreign = record("foreign", "another secret of more than 32 characters");
        this.record.changed(this.request, this.no);
        foreign.overtaken(this.request, this.no);
        foreign.used(this.samples.request("call"));

        assertThat(this.record.isOver(this.request)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "VOID"})
    void aRequestThatEndedIsOver(ApprovalState end) {
        this.record.changed(this.request, change(end, null));

        assertThat(this.record.isOver(this.request)).isTrue();
        assertThat(this.record.isOver(this.samples.request("call"))).isFalse();
    }

    @Test
    void anApprovalIsOverOnceItIsUsed() {
        this.record.requested(this.request);
        this.record.changed(this.request, this.yes);
        assertThat(this.record.isOver(this.request)).isFalse();

        this.record.used(this.request);

        assertThat(this.record.isOver(this.request)).isTrue();
    }

    @Test
    void whatStandsAmongManyOthersOfTheSameCallIsFound() {
        for (int i = 0; i < 50; i++) {
            this.record.changed(this.samples.request(this.request.asked(), "another"), this.yes);
        }
        this.record.changed(this.request, this.no);

        assertThat(this.record.holds(this.request, this.no)).isTrue();
        assertThat(this.record.isOver(this.request)).isTrue();
        assertThat(this.record.isOver(this.samples.request(this.request.asked(), "call")))
                .isFalse();
    }

    @Test
    void namesThatAreNeverWrittenElsewhereHideNothingOfIt() {
        ApprovalRecord masked = record(
                "log",
                "a secret of more than 32 characters, for tests",
                new Masking(
                        new CredentialDetector(),
                        List.of("id", "change", "bound_to"),
                        new ReceiptLimits(128, 8, 1024)));
        masked.changed(this.request, this.yes);
        assertThat(masked.holds(this.request, this.yes)).isTrue();

        masked.used(this.request);

        assertThat(masked.isOver(this.request)).isTrue();
        assertThat(this.store.query(ReceiptFilter.all(), null, 10).receipts())
                .allSatisfy(receipt -> assertThat(receipt.fields().get("approval"))
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .containsEntry("bound_to", Consent.boundTo(this.request)));
    }

    @Test
    void whatCouldNotBeToldPushesNothingElseOut() {
        ApprovalRequest noted = this.samples.noted(this.request, "Channel email could not tell somebody. ".repeat(8));
        ApprovalRecord small = record(
                "log",
                "a secret of more than 32 characters, for tests",
                new Masking(new CredentialDetector(), List.of(), new ReceiptLimits(4096, 1000, 1024)));

        small.changed(noted, this.no);

        assertThat(small.holds(noted, this.no)).isTrue();
        assertThat(small.isOver(noted)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "VOID"})
    void anEndThatWasOvertakenIsNone(ApprovalState end) {
        ApprovalChange ended = change(end, null);
        this.record.changed(this.request, ended);
        this.record.overtaken(this.request, ended);

        assertThat(this.record.holds(this.request, ended)).isFalse();
        assertThat(this.record.isOver(this.request)).isFalse();
    }

    private ApprovalChange change(ApprovalState next, @Nullable ApprovalAnswer answer) {
        return new ApprovalChange(this.samples.id(), Instant.EPOCH, next, answer);
    }

    private ApprovalRecord record(String log, String secret) {
        return record(log, secret, Masking.defaults());
    }

    private ApprovalRecord record(String log, String secret, Masking masking) {
        ReceiptSigner signer = ReceiptSigner.hs256(secret);
        return new ApprovalReceipts(
                ReceiptLog.direct(log, this.store, signer, masking, Clock.systemUTC()),
                new ApprovalTrail(this.store, ReceiptKeys.of(signer)),
                Clock.systemUTC());
    }
}
