package cloud.enact.workflow;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static cloud.enact.workflow.Calls.run;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactEmailAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.autoconfigure.EnactWorkflowAutoConfiguration;
import cloud.enact.rollback.RollbackResult;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Mails that a workflow sends. */
class EmailWorkflowTests {

    private static final Map<String, Object> REMINDER = Map.of(
            "to", List.of("ann@enact.example"),
            "subject", "Invoice 4711",
            "text", "Please pay",
            "idempotency_key", "invoice-4711-reminder-1");

    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @TempDir
    Path directory;

    @BeforeEach
    void start() {
        this.server.start();
    }

    @AfterEach
    void stop() {
        this.server.stop();
    }

    @Test
    void aMailIsSentOnceForItsKeyAndNothingTakesItBack() {
        application().run(context -> {
            ActionResult first = run(context, "send_email", REMINDER);
            ActionResult second = run(context, "send_email", REMINDER);

            assertThat(output(first)).contains("email.send_email").doesNotContain("already_done");
            assertThat(output(second)).contains("already_done=sent");
            assertThat(this.server.getReceivedMessages()).hasSize(1);
            assertThat(rollback(context, first.runId()).result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
        });
    }

    @Test
    void anAddressThatIsNoneSendsNothingAndTheErrorNamesTheStep() {
        application().run(context -> {
            assertThat(error(run(
                            context,
                            "send_email",
                            Map.of(
                                    "to", List.of("ann@enact.example\r\nBcc: all@enact.example"),
                                    "subject", "Invoice",
                                    "text", "Please pay",
                                    "idempotency_key", "invoice-1"))))
                    .contains("Step 'email.send_email'");
            assertThat(this.server.getReceivedMessages()).isEmpty();
        });
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        MailSenderAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactEmailAutoConfiguration.class,
                        EnactWorkflowAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + this.server.getSmtp().getPort(),
                        "enact.email.connectors.email.from=agent@enact.example",
                        "enact.email.connectors.email.operations=send_email",
                        "enact.workflows=send_email");
    }
}
