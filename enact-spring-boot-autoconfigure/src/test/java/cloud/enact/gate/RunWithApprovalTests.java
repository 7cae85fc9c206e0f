package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.ActionResult;
import cloud.enact.TestClock;
import cloud.enact.UnknownActionException;
import cloud.enact.action.Actor;
import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalListener;
import cloud.enact.approval.ApprovalRefusedException;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.Approver;
import cloud.enact.policy.Effect;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;

/** Code that wants a person to approve what it is about to do. */
class RunWithApprovalTests {

    private static final Actor ANN = Actor.of("ann@example.com");

    @TempDir
    Path directory;

    @Test
    void actionRunsOnceAPersonHasApprovedAlthoughNoPolicyAsks() {
        Refunds.application(this.directory).run(context -> {
            CompletableFuture<ActionResult> call =
                    CompletableFuture.supplyAsync(() -> run(context, 5, Duration.ofMinutes(1)));
            ApprovalRequest request = Refunds.nextRequest(context);
            assertThat(request.asked().asks())
                    .extracting(ask -> ask.reason())
                    .containsExactly("The application wants a person to approve this call.");
            assertThat(request.terms().people()).containsExactly("boss@example.com");
            assertThat(Refunds.of(context).done()).isEmpty();
            assertThatExceptionOfType(ApprovalRefusedException.class)
                    .isThrownBy(() -> Refunds.approvals(context)
                            .answer(request.id(), new Approver("Ann@example.com", Set.of(), "test"), true, null));

            Refunds.approvals(context).answer(request.id(), Refunds.BOSS, true, null);

            ActionResult result = call.get();
            assertThat(result.passed()).isTrue();
            assertThat(result.decision().effect()).isEqualTo(Effect.PASS);
            assertThat(Refunds.of(context).done()).containsExactly(5L);
        });
    }

    @Test
    void denialIsAResultWithItsReason() {
        Refunds.application(this.directory).run(context -> {
            CompletableFuture<ActionResult> call =
                    CompletableFuture.supplyAsync(() -> run(context, 5, Duration.ofMinutes(1)));
            Refunds.approvals(context).answer(Refunds.nextRequest(context).id(), Refunds.BOSS, false, "wrong customer");

            ActionResult result = call.get();

            assertThat(result.passed()).isFalse();
            assertThat(result.decision().effect()).isEqualTo(Effect.BLOCK);
            assertThat(result.decision().reasons().toString()).contains("wrong customer");
            assertThat(Refunds.of(context).done()).isEmpty();
        });
    }

    @Test
    void silenceIsANoAndNothingRunsLater() {
        Refunds.application(this.directory).run(context -> {
            ActionResult result = run(context, 5, Duration.ofMillis(20));

            assertThat(result.passed()).isFalse();
            ApprovalRequest request =
                    Refunds.approvals(context).findNewest(null, 1).get(0);
            assertThatExceptionOfType(ApprovalRefusedException.class)
                    .isThrownBy(() -> Refunds.approvals(context).answer(request.id(), Refunds.BOSS, true, null));
            assertThat(Refunds.request(context, request.id()).state()).isEqualTo(ApprovalState.EXPIRED);
            assertThat(Refunds.of(context).done()).isEmpty();
        });
    }

    @Test
    void silenceIsANoHoweverLateItIsNoticed() {
        TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));
        Refunds.application(this.directory)
                .withBean(Clock.class, () -> clock)
                .withBean(ApprovalListener.class, () -> new SlowToTell(clock))
                .run(context -> {
                    ActionResult result = run(context, 5, Duration.ofMinutes(10));

                    assertThat(result.decision().effect()).isEqualTo(Effect.BLOCK);
                    assertThat(result.ticket()).isNull();
                    assertThat(Refunds.approvals(context).findNewest(null, 10))
                            .extracting(ApprovalRequest::state)
                            .containsExactly(ApprovalState.EXPIRED);
                });
    }

    @Test
    void actionThatAPolicyAsksAboutIsAResultWithATicket() {
        Refunds.application(this.directory).run(context -> {
            ActionResult asked = GateHarness.enact(context).run("billing.refund", ANN, Map.of("amount", 900));

            assertThat(asked.passed()).isFalse();
            assertThat(asked.decision().effect()).isEqualTo(Effect.ASK);
            assertThat(asked.ticket()).isNotNull();
            Refunds.approvals(context).answer(asked.ticket(), Refunds.BOSS, true, null);
            ActionResult repeated = GateHarness.enact(context).run("billing.refund", ANN, Map.of("amount", 900));
            assertThat(repeated.passed()).isTrue();
            assertThat(repeated.ticket()).isNull();
        });
    }

    @Test
    void whileObservingNobodyIsAsked() {
        Refunds.application(this.directory)
                .withPropertyValues("enact.mode=observe")
                .run(context -> assertThat(
                                run(context, 5, Duration.ofMinutes(1)).passed())
                        .isTrue());
    }

    @Test
    void withoutApprovalsNothingRuns() {
        Refunds.application(this.directory)
                .withPropertyValues("enact.approval.enabled=false")
                .run(context -> {
                    ActionResult result = run(context, 5, Duration.ofMinutes(1));

                    assertThat(result.decision().effect()).isEqualTo(Effect.BLOCK);
                    assertThat(Refunds.of(context).done()).isEmpty();
                });
    }

    @Test
    void unknownActionsAndTimesAreExceptions() {
        Refunds.application(this.directory).run(context -> {
            assertThatExceptionOfType(UnknownActionException.class)
                    .isThrownBy(() -> GateHarness.enact(context)
                            .runWithApproval("billing.nope", ANN, Map.of(), Set.of(), Duration.ofMinutes(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> run(context, 5, Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> run(context, 5, Duration.ofDays(31)));
        });
    }

    private static ActionResult run(ApplicationContext context, long amount, Duration timeout) {
        return GateHarness.enact(context)
                .runWithApproval("billing.refund", ANN, Map.of("amount", amount), Set.of("boss@example.com"), timeout);
    }

    /** An hour goes by while people are told of a request. */
    private record SlowToTell(TestClock clock) implements ApprovalListener {

        @Override
        public void requested(ApprovalRequest request) {
            this.clock.pass(Duration.ofHours(1));
        }

        @Override
        public void answered(ApprovalRequest request, ApprovalAnswer answer) {}

        @Override
        public void ended(ApprovalRequest request, ApprovalState end) {}
    }
}
