package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Calls that wait for a person. */
class WaitingApprovalTests {

    @TempDir
    Path directory;

    @Test
    void callGoesOnAsSoonAsItIsApproved() {
        application("1m").run(context -> {
            CompletableFuture<String> call =
                    CompletableFuture.supplyAsync(() -> Refunds.of(context).refund(900));
            ApprovalRequest request = Refunds.nextRequest(context);
            assertThat(Refunds.of(context).done()).isEmpty();

            Refunds.approvals(context).answer(request.id(), Refunds.BOSS, true, null);

            assertThat(call.get()).isEqualTo("refunded 900");
            assertThat(Refunds.of(context).done()).containsExactly(900L);
            assertThat(Refunds.request(context, request.id()).state()).isEqualTo(ApprovalState.USED);
            assertThat(GateHarness.receipts(context, "billing.refund"))
                    .extracting(Receipt::kind)
                    .containsExactly(
                            ReceiptKind.DECIDED,
                            ReceiptKind.APPROVAL_REQUESTED,
                            ReceiptKind.APPROVAL_ANSWERED,
                            ReceiptKind.DECIDED,
                            ReceiptKind.APPROVAL_ANSWERED,
                            ReceiptKind.COMPLETED);
            assertThat(GateHarness.receipts(context, "billing.refund", ReceiptKind.DECIDED))
                    .extracting(Receipt::decision)
                    .containsExactly("ASK", "PASS");
        });
    }

    @Test
    void callIsBlockedAsSoonAsItIsDenied() {
        application("1m").run(context -> {
            CompletableFuture<String> call =
                    CompletableFuture.supplyAsync(() -> Refunds.of(context).refund(900));
            ApprovalRequest request = Refunds.nextRequest(context);

            Refunds.approvals(context).answer(request.id(), Refunds.BOSS, false, "not this customer");

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(call::get)
                    .havingCause()
                    .isInstanceOf(ActionBlockedException.class)
                    .isNotInstanceOf(ApprovalRequiredException.class)
                    .withMessageContaining("not this customer");
            assertThat(Refunds.of(context).done()).isEmpty();
        });
    }

    @Test
    void callWhoseTimeIsOverNeverRunsByItselfLater() {
        application("1ms").run(context -> {
            assertThatExceptionOfType(ApprovalRequiredException.class)
                    .isThrownBy(() -> Refunds.of(context).refund(900))
                    .satisfies(error -> {
                        Refunds.approvals(context).answer(error.getTicket(), Refunds.BOSS, true, null);
                        assertThat(Refunds.request(context, error.getTicket()).state())
                                .isEqualTo(ApprovalState.APPROVED);
                    });
            assertThat(Refunds.of(context).done()).isEmpty();

            assertThat(Refunds.of(context).refund(900)).as("repeated").isEqualTo("refunded 900");
        });
    }

    @Test
    void interruptedCallNeverRunsByItselfLater() {
        application("2m").run(context -> {
            FutureTask<Boolean> call = new FutureTask<>(() -> {
                assertThatExceptionOfType(ApprovalRequiredException.class)
                        .isThrownBy(() -> Refunds.of(context).refund(900));
                return Thread.currentThread().isInterrupted();
            });
            Thread caller = new Thread(call, "caller");
            caller.start();
            ApprovalRequest request = Refunds.nextRequest(context);

            caller.interrupt();

            assertThat(call.get()).as("still interrupted").isTrue();
            Refunds.approvals(context).answer(request.id(), Refunds.BOSS, true, null);
            assertThat(Refunds.of(context).done()).isEmpty();
            assertThat(Refunds.request(context, request.id()).state()).isEqualTo(ApprovalState.APPROVED);
        });
    }

    @Test
    void callInsideATransactionIsRefusedAndAsksNobody() {
        application("1m").run(context -> {
            TransactionSynchronizationManager.initSynchronization();
            TransactionSynchronizationManager.setActualTransactionActive(true);
            try {
                assertThatExceptionOfType(ActionBlockedException.class)
                        .isThrownBy(() -> Refunds.of(context).refund(900))
                        .withMessageContaining("inside a database transaction")
                        .withMessageContaining("enact.approval.mode=defer");
            } finally {
                TransactionSynchronizationManager.clear();
            }
            assertThat(Refunds.approvals(context).findNewest(null, 10)).isEmpty();
        });
    }

    @Test
    void callOnAThreadThatMustNotBlockIsRefused() {
        application("1m").run(context -> {
            Throwable error = Mono.fromCallable(() -> Refunds.of(context).refund(900))
                    .map(ignored -> new Throwable())
                    .onErrorResume(Mono::just)
                    .subscribeOn(Schedulers.parallel())
                    .block();

            assertThat(error)
                    .isInstanceOf(ActionBlockedException.class)
                    .hasMessageContaining("on a thread that must not block");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"enact.approval.max-wait=3m", "enact.approval.max-wait=0", "enact.approval.timeout=-1s"})
    void timesThatMakeNoSenseStopTheApplication(String property) {
        Refunds.application(this.directory)
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(property.substring(0, property.indexOf('='))));
    }

    private ApplicationContextRunner application(String maxWait) {
        return Refunds.application(this.directory)
                .withPropertyValues("enact.approval.mode=wait", "enact.approval.max-wait=" + maxWait);
    }
}
