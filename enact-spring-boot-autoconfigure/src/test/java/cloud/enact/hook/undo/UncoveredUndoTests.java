package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.filesystem.git.GitProject;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.hook.claudecode.HookApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Guards that are strict about what can't be undone, or can't be configured as somebody tried. */
class UncoveredUndoTests {

    @TempDir
    private Path folder;

    @Test
    void aCallOfWhichSomethingCannotBeUndoneIsDeniedWhereThatIsWanted() throws Exception {
        Path project = Files.createDirectories(this.folder.resolve("projects/web"));
        Files.writeString(project.resolve("large.txt"), "x".repeat(5000));
        Files.writeString(project.resolve("small.txt"), "x");
        try (ConfigurableApplicationContext context =
                start("roots[0]=" + this.folder.resolve("projects"), "uncovered=deny", "max-size=2KB")) {
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            AgentSession agent = new AgentSession(port, project);

            assertThat(agent.asks("c1", "Bash", Map.of("command", "rm small.txt")))
                    .isEqualTo("none");
            assertThat(agent.asks("c2", "Bash", Map.of("command", "ls"))).isEqualTo("none");
            assertThat(agent.asks("c3", "Bash", Map.of("command", "rm large.txt")))
                    .isEqualTo("deny");
            assertThat(agent.reason()).contains("large.txt", "can't be undone", "more than 2048 bytes");
            assertThat(agent.asks("c4", "Bash", Map.of("command", "git reset --hard")))
                    .isEqualTo("deny");
            assertThat(agent.asks("c5", "Write", Map.of("file_path", this.folder + "/x", "content", "x")))
                    .isEqualTo("deny");
            assertThat(agent.reason()).contains("outside of the directories");
        }
    }

    @Test
    void whatGitHasIsCoveredHoweverMuchItIs() throws Exception {
        Path project = Files.createDirectories(this.folder.resolve("projects/web"));
        GitProject git = GitProject.in(project);
        git.fill("src", 30, 500);
        git.commit();
        git.fill("new", 30, 500);
        try (ConfigurableApplicationContext context =
                start("roots[0]=" + this.folder.resolve("projects"), "uncovered=deny", "max-size=2KB", "max-files=5")) {
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            AgentSession agent = new AgentSession(port, project);

            assertThat(agent.asks("c1", "Bash", Map.of("command", "rm -rf new")))
                    .isEqualTo("deny");
            assertThat(agent.asks("c2", "Bash", Map.of("command", "rm -rf src")))
                    .isEqualTo("none");
            assertThat(agent.asks("c3", "Bash", Map.of("command", "rm src/*.txt")))
                    .isEqualTo("none");
        }
    }

    @Test
    void directoriesThatCannotBeUsedAreRefusedWithTheFix() throws Exception {
        Path projects = Files.createDirectories(this.folder.resolve("projects"));
        Path web = Files.createDirectories(projects.resolve("web"));

        assertThatThrownBy(this::start)
                .hasRootCauseInstanceOf(EnactStartupException.class)
                .rootCause()
                .hasMessageContaining("no directory to capture files in");
        assertThatThrownBy(() -> start("roots[0]=" + projects, "roots[1]=" + web))
                .rootCause()
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> start("roots[0]=" + this.folder.resolve("nowhere")))
                .hasStackTraceContaining("must be an existing directory");
    }

    private ConfigurableApplicationContext start(String... undo) {
        List<String> arguments = new ArrayList<>(List.of(
                "--enact.hooks.claude-code.enabled=true",
                "--enact.hooks.claude-code.installations[0].id=ana@enact.example",
                "--enact.hooks.claude-code.installations[0].token=" + HookApplication.TOKEN,
                "--enact.hooks.claude-code.undo.enabled=true",
                "--server.port=0",
                "--enact.receipts.store=memory",
                "--enact.undo.directory=" + this.folder.resolve("undo"),
                "--enact.signing.secret=a-secret-for-tests-that-is-long-enough"));
        for (String setting : undo) {
            arguments.add("--enact.hooks.claude-code.undo." + setting);
        }
        return SpringApplication.run(HookApplication.class, arguments.toArray(String[]::new));
    }
}
