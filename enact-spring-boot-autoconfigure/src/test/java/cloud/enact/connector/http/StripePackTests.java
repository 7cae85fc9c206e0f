package cloud.enact.connector.http;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static cloud.enact.workflow.Calls.run;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.doubles.http.StripeDouble;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Refunds of Stripe. */
class StripePackTests {

    private final StripeDouble stripe = new StripeDouble();

    @TempDir
    Path directory;

    @BeforeEach
    void pay() {
        this.stripe.addPayment("pi_1", 5000);
    }

    @AfterEach
    void stop() {
        this.stripe.close();
    }

    @Test
    void aRefundIsAskedAboutByThePolicyPackOfPayments() {
        application().withPropertyValues("enact.policies[0].pack=payments").run(context -> {
            ActionResult refund = refund(context, 1200, "order-4711-refund-1");

            assertThat(refund.passed()).isFalse();
            assertThat(refund.decision().reasons().toString()).contains("Nothing brings the money back");
            assertThat(this.stripe.left("pi_1")).isEqualTo(5000);
        });
    }

    @Test
    void aRefundIsGivenOnceForAKeyAndNothingUndoesIt() {
        application().run(context -> {
            ActionResult first = refund(context, 1200, "order-4711-refund-1");
            ActionResult second = refund(context, 1200, "order-4711-refund-1");

            assertThat(output(first, "id")).isEqualTo(output(second, "id"));
            assertThat(this.stripe.left("pi_1")).isEqualTo(3800);
            assertThat(this.stripe.changingRequests())
                    .allSatisfy(request ->
                            assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded"));
            assertThat(rollback(context, first.runId()).result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
            assertThat(this.stripe.left("pi_1")).isEqualTo(3800);
        });
    }

    @Test
    void aRefundWhoseAnswerWasLostIsGivenOnce() {
        application().run(context -> {
            this.stripe.loseNextAnswer();

            assertThat(output(refund(context, 1200, "order-4711-refund-1"))).contains("re_");
            assertThat(this.stripe.left("pi_1")).isEqualTo(3800);
        });
    }

    @Test
    void aKeyThatWasUsedForSomethingElseIsRefused() {
        application().run(context -> {
            refund(context, 1200, "order-4711-refund-1");

            assertThat(error(refund(context, 1300, "order-4711-refund-1"))).contains("idempotency_error");
            assertThat(this.stripe.left("pi_1")).isEqualTo(3800);
        });
    }

    @Test
    void theVendorsErrorIsTold() {
        application().run(context -> {
            assertThat(error(refund(context, 9999, "order-4711-refund-1")))
                    .contains("amount_too_large", "Refund amount is greater than unrefunded amount")
                    .doesNotContain(StripeDouble.KEY);
            assertThat(this.stripe.left("pi_1")).isEqualTo(5000);
        });
    }

    @Test
    void tooManyRequestsFail() {
        application().run(context -> {
            this.stripe.limitNext();

            assertThat(error(refund(context, 1200, "order-4711-refund-1"))).contains("429", "too many requests");
            assertThat(this.stripe.left("pi_1")).isEqualTo(5000);
        });
    }

    @Test
    void aRefundCanBeLookedUp() {
        application().run(context -> {
            String id = output(refund(context, 1200, "order-4711-refund-1"), "id");

            assertThat(output(run(context, "stripe.get_refund", Map.of("id", id)), "status"))
                    .isEqualTo("succeeded");
        });
    }

    private static ActionResult refund(ApplicationContext context, int amount, String key) {
        return run(
                context,
                "stripe.refund",
                Map.of(
                        "payment_intent",
                        "pi_1",
                        "amount",
                        amount,
                        "reason",
                        "requested_by_customer",
                        "idempotency_key",
                        key));
    }

    private ApplicationContextRunner application() {
        return PackApplication.with(
                this.directory, "stripe", this.stripe, "get_refund,refund", "STRIPE_KEY=" + StripeDouble.KEY);
    }
}
