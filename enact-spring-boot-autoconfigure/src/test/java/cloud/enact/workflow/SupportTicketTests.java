package cloud.enact.workflow;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static cloud.enact.workflow.Calls.run;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.connector.http.PackApplication;
import cloud.enact.doubles.http.ZendeskDouble;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Tickets that a workflow opens, at a help desk behind the HTTP connector. */
class SupportTicketTests {

    private final ZendeskDouble zendesk = new ZendeskDouble();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        this.zendesk.close();
    }

    @Test
    void aTicketIsOpenedAndTakenBack() {
        application().run(context -> {
            ActionResult ticket = run(
                    context,
                    "create_support_ticket",
                    Map.of("subject", "Printer", "body", "On fire", "priority", "high"));

            assertThat(this.zendesk.find(output(ticket, "id")).get("priority").asString())
                    .isEqualTo("high");
            assertThat(rollback(context, ticket.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.zendesk.count()).isZero();
        });
    }

    @Test
    void aTicketIsOpenedOnceWhenItsAnswerIsLost() {
        application().run(context -> {
            this.zendesk.loseNextAnswer();

            output(run(context, "create_support_ticket", Map.of("subject", "Printer", "body", "On fire")));

            assertThat(this.zendesk.count()).isOne();
        });
    }

    @Test
    void aPriorityThatIsNoneIsRefused() {
        application().run(context -> {
            assertThat(error(run(
                            context,
                            "create_support_ticket",
                            Map.of("subject", "Printer", "body", "On fire", "priority", "now"))))
                    .contains("Step 'zendesk.create_ticket' can't be taken", "[low, normal, high, urgent]");
            assertThat(this.zendesk.requests()).isEmpty();
        });
    }

    private ApplicationContextRunner application() {
        return PackApplication.with(
                this.directory,
                "zendesk",
                this.zendesk,
                "create_ticket,update_ticket",
                "ZENDESK_URL=https://example.zendesk.com",
                "ZENDESK_USER=" + ZendeskDouble.USER,
                "ZENDESK_TOKEN=" + ZendeskDouble.TOKEN,
                "enact.workflows=create_support_ticket");
    }
}
