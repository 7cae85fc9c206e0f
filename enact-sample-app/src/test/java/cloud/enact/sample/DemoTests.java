package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class DemoTests {

    @TempDir
    Path data;

    @Test
    void theActsPrintWhatTheReadmeAndTheRecordingShow(CapturedOutput output) throws IOException {
        Demo.Ending ending;
        try (ConfigurableApplicationContext context = SampleStart.in(this.data, "--demo.exit=true")) {
            ending = context.getBean(Demo.class).run();
        }

        String printed = output.getAll() + ending.line() + "\n";
        boolean rewrite = Boolean.getBoolean("enact.docs.rewrite");
        if (rewrite) {
            ReadmeBlock.write(printed);
        }
        assertThat(ending.status()).as(printed).isZero();
        assertThat(ending.stays()).isFalse();
        assertThat(ending.line()).isEqualTo("Demo finished: 7 acts, all as expected");
        assertThat(printed)
                .contains("SUCCEEDED", "BLOCK        git.dont-push-to-main", "ROLLED_BACK", "entries verified");
        assertThat(ReadmeBlock.masked(ReadmeBlock.excerpt(printed))).isEqualTo(ReadmeBlock.masked(ReadmeBlock.read()));
        if (!rewrite) {
            // else it may be recorded later
            assertThat(ReadmeBlock.masked(printed)).isEqualTo(ReadmeBlock.masked(DemoCast.read()));
        }
    }

    @Test
    void theActsCanBePlayedAgainOnTheSameData() {
        for (int start = 0; start < 2; start++) {
            try (ConfigurableApplicationContext context = SampleStart.in(this.data, "--demo.exit=true")) {
                assertThat(context.getBean(Demo.class).run().line())
                        .isEqualTo("Demo finished: 7 acts, all as expected");
            }
        }
    }

    @Test
    void startingSaysNothingAtAll(CapturedOutput output) {
        try (ConfigurableApplicationContext context = SampleStart.in(this.data, "--demo.skip=true")) {
            assertThat(context.isRunning()).isTrue();
        }

        assertThat(output.getAll()).isEmpty();
    }

    @Test
    void skippingTheActsInvitesToLookAround(CapturedOutput output) {
        try (ConfigurableApplicationContext context = SampleStart.in(this.data, "--demo.skip=true")) {
            Demo.Ending ending = context.getBean(Demo.class).run();

            assertThat(ending.stays()).isTrue();
            assertThat(output.getOut())
                    .doesNotContain("Act 1")
                    .contains("curl -s http://127.0.0.1:"
                            + context.getEnvironment().getProperty("local.server.port") + "/actuator/receipts");
        }
    }

    @Test
    void anActThatGoesWrongEndsWithWhatWentWrong() {
        try (ConfigurableApplicationContext context = SampleStart.in(this.data)) {
            Demo demo = new Demo(
                    context.getBean(DemoProperties.class),
                    context.getEnvironment(),
                    List.of(new FailingAct()),
                    context.getBean(Stage.class),
                    context.getBean(Exploration.class));

            Demo.Ending ending = demo.run();

            assertThat(ending.status()).isEqualTo(1);
            assertThat(ending.stays()).isFalse();
            assertThat(ending.line()).isEqualTo("Demo failed: act 1: origin/main moved");
        }
    }

    @Test
    void theWorkspaceIsGoneWhenTheApplicationEnds() {
        Path workspace;
        try (ConfigurableApplicationContext context = SampleStart.in(this.data)) {
            workspace = context.getBean(Workspace.class).root();
            assertThat(workspace).isDirectory();
        }

        assertThat(workspace).doesNotExist();
    }

    @Test
    void aWorkspaceThatWasGivenIsKept() {
        Path workspace = this.data.resolve("mine");

        SampleStart.in(this.data, "--demo.workspace=" + workspace).close();

        assertThat(Files.exists(workspace.resolve("shop/README.md"))).isTrue();
    }

    private static final class FailingAct implements Act {

        @Override
        public String title() {
            return "Something goes wrong";
        }

        @Override
        public String prompt() {
            return "";
        }

        @Override
        public List<Turn> script() {
            return List.of();
        }

        @Override
        public RunId play(Stage stage) {
            throw new UnexpectedException("origin/main moved");
        }
    }
}
