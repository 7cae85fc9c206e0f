package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.hook.claudecode.HookApplication;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.Restoration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A guard that dies after it captured what a call changes. */
class RestartedGuardTests {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"succeeded", "failed", "nothing"})
    void whatACallDidMeanwhileIsNeitherForgottenNorTakenForTheAgents(String told) throws Exception {
        Path project = Files.createDirectories(this.folder.resolve("projects/web"));
        Path file = Files.writeString(project.resolve("a.txt"), "before");
        Map<String, String> remove = Map.of("command", "rm a.txt; exit 3");
        AgentSession agent = dies(project, remove);
        Files.delete(file);

        try (ConfigurableApplicationContext context = start("after")) {
            AgentSession later = agent.at(port(context));
            switch (told) {
                case "succeeded" -> later.tells("c1", "Bash", remove);
                case "failed" -> later.failed("c1", "Bash", remove);
                default -> later.ends();
            }
            RollbackReport report = rollback(context, later);

            assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(report.steps())
                    .filteredOn(step -> step.detail().contains("a.txt"))
                    .extracting(step -> step.restoration())
                    .containsExactly(Restoration.CONFLICT);
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aCallThatDidNothingMeanwhileIsNoHindrance() throws Exception {
        Path project = Files.createDirectories(this.folder.resolve("projects/web"));
        Path file = Files.writeString(project.resolve("a.txt"), "before");
        AgentSession agent = dies(project, Map.of("command", "rm a.txt"));

        try (ConfigurableApplicationContext context = start("after")) {
            AgentSession later = agent.at(port(context));
            Path other = Files.writeString(project.resolve("b.txt"), "before");
            later.runs("rm b.txt");
            later.ends();

            rollback(context, later);

            assertThat(other).hasContent("before");
            assertThat(file).hasContent("before");
        }
    }

    /** A guard that is asked about a call, and of which what is on disk then is all that is left. */
    private AgentSession dies(Path project, Map<String, String> input) throws Exception {
        try (ConfigurableApplicationContext context = start("before")) {
            AgentSession agent = new AgentSession(port(context), project);
            assertThat(agent.asks("c1", "Bash", input)).isEqualTo("none");
            copy(this.folder.resolve("before"), this.folder.resolve("after"));
            return agent;
        }
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private static RollbackReport rollback(ConfigurableApplicationContext context, AgentSession agent) {
        return context.getBean(RollbackService.class)
                .rollback(RollbackRequest.of(
                        agent.run(context.getBean(ReceiptStore.class)), Actor.of("ana@enact.example"), "test"));
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private ConfigurableApplicationContext start(String place) throws IOException {
        Path data = Files.createDirectories(this.folder.resolve(place));
        return SpringApplication.run(
                HookApplication.class,
                "--enact.hooks.claude-code.enabled=true",
                "--enact.hooks.claude-code.installations[0].id=ana@enact.example",
                "--enact.hooks.claude-code.installations[0].token=" + HookApplication.TOKEN,
                "--enact.hooks.claude-code.undo.enabled=true",
                "--enact.hooks.claude-code.undo.roots[0]=" + this.folder.resolve("projects"),
                "--server.port=0",
                "--enact.receipts.file=" + data.resolve("enact.db"),
                "--enact.undo.directory=" + data.resolve("undo"),
                "--enact.signing.secret=a-secret-for-tests-that-is-long-enough");
    }
}
