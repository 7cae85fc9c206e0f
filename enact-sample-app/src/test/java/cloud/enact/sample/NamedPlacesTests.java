package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.doubles.slack.SlackDouble;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** With places named, the acts are played there: only endpoint, token and place differ. */
@ExtendWith(OutputCaptureExtension.class)
class NamedPlacesTests {

    private static final String BOT_TOKEN = "xoxb-somebody";

    @TempDir
    Path data;

    @Test
    void theActsArePlayedInTheRepositoryAndTheChannelThatAreNamed(CapturedOutput output) {
        try (GitHubDouble github = GitHubDouble.start(this.data.resolve("github"));
                SlackDouble slack = SlackDouble.start()) {
            HostedRepository scratch = github.create("somebody", "scratch");
            slack.app(BOT_TOKEN, "U0BOT", "chat:write", "channels:read", "channels:history")
                    .channel("C0123", "trying-out", "U0BOT");

            try (ConfigurableApplicationContext context = SampleStart.in(
                    this.data,
                    "--demo.exit=true",
                    "--demo.github.endpoint=" + github.endpoint(),
                    "--demo.github.repository=somebody/scratch",
                    "--GITHUB_TOKEN=" + github.token(),
                    "--demo.slack.endpoint=" + slack.endpoint(),
                    "--demo.slack.channel=C0123",
                    "--SLACK_BOT_TOKEN=" + BOT_TOKEN)) {
                assertThat(context.getBean(Demo.class).run().line())
                        .isEqualTo("Demo finished: 7 acts, all as expected");
            }

            assertThat(output.getAll())
                    .contains("GitHub somebody/scratch (" + github.endpoint() + ")")
                    .doesNotContain("a double on this machine", github.token(), BOT_TOKEN);
            assertThat(scratch.state().tickets().values())
                    .extracting(ticket -> ticket.state())
                    .containsExactly("open", "closed", "closed");
            assertThat(slack.texts("C0123")).isEmpty();
        }
    }

    @Test
    void aTokenAloneNamesNothing() {
        try (ConfigurableApplicationContext context = SampleStart.in(
                this.data, "--demo.exit=true", "--GITHUB_TOKEN=ghp_real", "--SLACK_BOT_TOKEN=xoxb-real")) {
            assertThat(context.getBean(ShopOnGitHub.class).place()).contains("a double on this machine");
            assertThat(context.getBean(ShopChannel.class).place()).contains("a double on this machine");
            assertThat(context.getBean(DemoProperties.class).github().token()).isNotEqualTo("ghp_real");
            assertThat(context.getBean(DemoProperties.class).slack().token()).isNotEqualTo("xoxb-real");
        }
    }

    @Test
    void anEndpointAloneIsNotTakenForADouble() {
        assertThatThrownBy(() -> SampleStart.in(this.data, "--demo.github.endpoint=https://github.example.com/api/v3"))
                .hasStackTraceContaining("demo.github.repository is not set");
        assertThatThrownBy(() -> SampleStart.in(this.data, "--demo.slack.endpoint=https://slack.example.com/api/"))
                .hasStackTraceContaining("demo.slack.channel is not set");
    }

    @Test
    void aRepositoryWithoutATokenIsRefused() {
        assertThatThrownBy(
                        () -> SampleStart.in(this.data, "--demo.github.repository=somebody/scratch", "--GITHUB_TOKEN="))
                .hasStackTraceContaining("The connector 'github' has no token.");
    }
}
