package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.connector.slack.SlackConnector;
import cloud.enact.doubles.slack.SlackDouble;
import cloud.enact.doubles.slack.SlackFault;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connectors for Slack in an application that configures them. */
@ExtendWith(OutputCaptureExtension.class)
class SlackApplicationTests {

    private static final String TOKEN = "xoxb-1-keep-me-secret";

    private static final Actor ANN = Actor.of("ann@enact.example");

    private final SlackDouble slack = SlackDouble.start()
            .app(TOKEN, "UBOT", "chat:write", "channels:history", "channels:read", "reactions:write", "reactions:read")
            .channel("C01", "deploys", "UBOT", "UANN")
            .channel("D01", "ann", "UBOT", "UANN");

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        this.slack.close();
    }

    @Test
    void whatAToolPostsEditsAndReactsToIsUndoneWithOneRollback() {
        Map<String, Object> before = this.slack.state();
        application("operations=post_message,update_message,add_reaction").run(context -> {
            assertThat(context).hasNotFailed();
            Enact enact = context.getBean(Enact.class);

            ActionResult outcome = enact.run("release.announce", ANN, Map.of("version", "1.2"));

            assertThat(this.slack.texts("C01")).containsExactly("1.2 is out");
            RollbackReport report = enact.rollback(outcome.runId());
            assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(report.steps())
                    .extracting(StepRestoration::action)
                    .containsExactly("slack.work.add_reaction", "slack.work.update_message", "slack.work.post_message");
            assertThat(report.steps().get(2).detail()).contains("People may have read it.");
            assertThat(this.slack.state()).isEqualTo(before);
        });
    }

    @Test
    void whatARollbackTookAwayIsNotPostedAgain() {
        application("operations=post_message").run(context -> {
            Enact enact = context.getBean(Enact.class);
            RollbackReport undone = enact.rollback(post(enact).runId());

            RollbackReport redone = enact.rollback(Objects.requireNonNull(undone.rollbackRunId()));

            assertThat(redone.steps())
                    .extracting(StepRestoration::restoration)
                    .containsExactly(Restoration.IRREVERSIBLE);
            assertThat(this.slack.texts("C01")).isEmpty();
        });
    }

    @Test
    void operationsAreActionsOfTheirOwn() {
        application("operations=post_message").run(context -> {
            Enact enact = context.getBean(Enact.class);

            ActionResult outcome =
                    enact.run("slack.work.post_message", ANN, Map.of("channel", "deploys", "text", "hi"));

            assertThat(outcome.passed()).isTrue();
            assertThat(this.slack.texts("C01")).containsExactly("hi");
        });
    }

    @Test
    void policiesSeeTheChannel() {
        application("operations=post_message", "channels=*,D01")
                .withPropertyValues(
                        "enact.policies[0].policy=slack.block-dms",
                        "enact.policies[1].policy=slack.require-channel-allowlist",
                        "enact.policies[1].with.channels=general")
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);

                    assertThat(blockedBy(enact, "D01")).contains("slack.block-dms");
                    assertThat(blockedBy(enact, "#deploys")).contains("slack.require-channel-allowlist");
                    assertThat(this.slack.texts("C01")).isEmpty();
                    assertThat(this.slack.texts("D01")).isEmpty();
                });
    }

    @Test
    void aScopeThatOnlyUndoNeedsIsMissedAtTheStart() {
        this.slack.app(TOKEN, "UBOT", "chat:write", "channels:read");

        application("operations=post_message").run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure()))
                    .contains("'slack.work' can't work", "channels:history", "enact.slack.connectors.work.operations")
                    .doesNotContain(TOKEN);
        });
    }

    @Test
    void aTokenThatSlackDoesNotKnowIsRefusedAtTheStart() {
        this.slack.revoke(TOKEN);

        application("operations=post_message").run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure()))
                    .contains("invalid_auth", "The token is not valid")
                    .doesNotContain(TOKEN);
        });
    }

    @Test
    void withoutTokenThereIsNoConnector() {
        application("operations=post_message", "token=").run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure()))
                    .contains("has no token", "SLACK_BOT_TOKEN", "enact.slack.connectors.work.token");
        });
    }

    @Test
    void aTokenThatNamesAPropertyNobodySetIsNotSent() {
        application("operations=post_message", "token=${NO_SUCH_TOKEN}").run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure()))
                    .contains("no value for ${NO_SUCH_TOKEN}", "enact.slack.connectors.work.token");
        });
    }

    @Test
    void theTokenIsTakenFromTheEnvironment() {
        application("operations=post_message", "token=")
                .withPropertyValues("SLACK_BOT_TOKEN=" + TOKEN)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whileSlackIsAwayTheApplicationStartsAndChangesNothing(CapturedOutput output) {
        this.slack.down(true);
        application("operations=post_message").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output)
                    .contains(
                            "The connector 'slack.work' could not be checked",
                            "Its endpoint is " + this.slack.endpoint())
                    .doesNotContain(TOKEN);
            Enact enact = context.getBean(Enact.class);
            assertThatThrownBy(() -> post(enact).output()).hasMessageContaining("auth.test");

            this.slack.down(false);
            this.slack.app(TOKEN, "UBOT", "chat:write");
            assertThatThrownBy(() -> post(enact).output()).hasMessageContaining("The token lacks scopes");
            assertThat(this.slack.texts("C01")).isEmpty();
        });
    }

    @Test
    void aPostWhoseAnswerIsLostIsFoundAndUndone() {
        Map<String, Object> before = this.slack.state();
        application("operations=post_message").run(context -> {
            this.slack.fault("chat.postMessage", SlackFault.DROP_RESPONSE);
            Enact enact = context.getBean(Enact.class);

            ActionResult outcome = post(enact);

            assertThat(outcome.passed()).isTrue();
            assertThat(this.slack.texts("C01")).containsExactly("hi");
            assertThat(this.slack.calls()).containsOnlyOnce("chat.postMessage");
            assertThat(enact.rollback(outcome.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.slack.state()).isEqualTo(before);
        });
    }

    @Test
    void anEditByHandStopsTheRollbackBeforeAnythingIsTouched() {
        application("operations=post_message,update_message,add_reaction").run(context -> {
            Enact enact = context.getBean(Enact.class);
            ActionResult outcome = enact.run("release.announce", ANN, Map.of("version", "1.2"));
            this.slack.edit("C01", this.slack.times("C01").get(0), "UBOT", "1.2 is nearly out");
            Map<String, Object> edited = this.slack.state();

            RollbackReport report = enact.rollback(outcome.runId());

            assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(report.steps().get(1).restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(this.slack.state()).isEqualTo(edited);
        });
    }

    @Test
    void noReceiptHoldsTheToken() {
        application("operations=post_message").run(context -> {
            Enact enact = context.getBean(Enact.class);
            ActionResult outcome = post(enact);
            enact.rollback(outcome.runId());

            assertThat(context.getBean(ReceiptStore.class).findByRun(outcome.runId()))
                    .isNotEmpty()
                    .extracting(Receipt::toString)
                    .noneMatch(text -> text.contains(TOKEN));
            assertThat(context.getBean(EnactProperties.class).toString()).doesNotContain(TOKEN);
        });
    }

    @Test
    void nothingIsAllowedByDefaultAndSlackIsNotAsked() {
        application().run(context -> {
            assertThat(context.getBean(SlackConnector.class).operations()).isEmpty();
            assertThat(this.slack.calls()).isEmpty();
        });
    }

    private static ActionResult post(Enact enact) {
        return enact.run("slack.work.post_message", ANN, Map.of("channel", "deploys", "text", "hi"));
    }

    private static String blockedBy(Enact enact, String channel) {
        ActionResult outcome = enact.run("slack.work.post_message", ANN, Map.of("channel", channel, "text", "hi"));
        assertThat(outcome.passed()).isFalse();
        return String.valueOf(outcome);
    }

    private ApplicationContextRunner application(String... settings) {
        ApplicationContextRunner runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactSlackAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.slack.connectors.work.endpoint=" + this.slack.endpoint(),
                        "enact.slack.connectors.work.token=" + TOKEN,
                        "enact.slack.connectors.work.channels=deploys");
        for (String setting : settings) {
            runner = runner.withPropertyValues("enact.slack.connectors.work." + setting);
        }
        return runner;
    }

    private static String startup(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EnactStartupException startup) {
                return startup.getDescription() + " " + startup.getAction();
            }
        }
        return String.valueOf(failure);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Release release(SlackConnector slack) {
            return new Release(slack);
        }
    }

    static class Release {

        private final SlackConnector slack;

        Release(SlackConnector slack) {
            this.slack = slack;
        }

        @EnactAction("release.announce")
        public void announce(String version) {
            Map<String, ?> posted =
                    this.slack.postMessage("#deploys", version + " is coming").output();
            String ts = String.valueOf(posted.get("ts"));
            this.slack.updateMessage("deploys", ts, version + " is out");
            this.slack.addReaction("C01", ts, "tada");
        }
    }
}
