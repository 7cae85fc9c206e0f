package cloud.enact.workflow;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static cloud.enact.workflow.Calls.run;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.autoconfigure.EnactSlackAutoConfiguration;
import cloud.enact.autoconfigure.EnactWorkflowAutoConfiguration;
import cloud.enact.doubles.slack.SlackDouble;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Messages that a workflow posts. */
class SlackWorkflowTests {

    private static final String TOKEN = "xoxb-0000000000-double-of-a-token";

    private static final String CHANNEL = "C0000000001";

    private final SlackDouble slack = SlackDouble.start()
            .app(TOKEN, "U0000000B0T", "chat:write", "channels:read", "channels:history")
            .channel(CHANNEL, "general", "U0000000B0T");

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        this.slack.close();
    }

    @Test
    void aMessageIsPostedAndTakenBack() {
        application().run(context -> {
            ActionResult posted =
                    run(context, "post_slack_message", Map.of("channel", CHANNEL, "text", "Deployed version 7"));

            assertThat(output(posted)).contains("slack.post_message", "ts=");
            assertThat(this.slack.texts(CHANNEL)).containsExactly("Deployed version 7");
            assertThat(rollback(context, posted.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.slack.texts(CHANNEL)).isEmpty();
        });
    }

    @Test
    void aChannelThatIsNotAllowedGetsNothingAndTheErrorNamesTheStep() {
        application().run(context -> {
            assertThat(error(run(context, "post_slack_message", Map.of("channel", "C0000000009", "text", "Hello"))))
                    .contains("Step 'slack.post_message'");
            assertThat(this.slack.calls()).noneMatch(call -> call.contains("chat.postMessage"));
        });
    }

    @Test
    void thePolicyAboutChannelsHoldsForTheWorkflow() {
        application()
                .withPropertyValues(
                        "enact.policies[0].policy=slack.require-channel-allowlist",
                        "enact.policies[0].with.channels=deployments")
                .run(context -> {
                    assertThat(error(run(context, "post_slack_message", Map.of("channel", CHANNEL, "text", "Hello"))))
                            .contains("slack.require-channel-allowlist");
                    assertThat(this.slack.texts(CHANNEL)).isEmpty();
                });
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactSlackAutoConfiguration.class,
                        EnactWorkflowAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.slack.connectors.slack.endpoint=" + this.slack.endpoint(),
                        "enact.slack.connectors.slack.token=" + TOKEN,
                        "enact.slack.connectors.slack.channels=" + CHANNEL,
                        "enact.slack.connectors.slack.operations=post_message",
                        "enact.workflows=post_slack_message");
    }
}
