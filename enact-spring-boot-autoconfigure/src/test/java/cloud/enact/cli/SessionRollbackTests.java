package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Sha256;
import cloud.enact.connector.filesystem.git.GitProject;
import cloud.enact.docs.Snippets;
import cloud.enact.hook.claudecode.HookApplication;
import cloud.enact.hook.undo.AgentSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Sessions of coding agents, from the configuration of their page to the command line. */
class SessionRollbackTests extends CliFixture {

    @Test
    void aSessionComesBackByItsOwnIdWithoutTheApplication() throws Exception {
        Path project =
                Files.createDirectories(this.folder.resolve("projects/web")).toRealPath();
        Path note = Files.writeString(project.resolve("note.txt"), "before");
        Files.createDirectories(project.resolve("src"));
        Files.writeString(project.resolve("src/App.java"), "class App {}");
        String session = work(project, note);
        assertThat(project.resolve("src")).doesNotExist();

        Result preview = enact("rollback", "preview", session);
        Result rollback = enact("rollback", "run", session, "--reason", "wrong branch");

        assertThat(preview.out()).contains("RESTORED");
        assertThat(rollback.err()).isEmpty();
        assertThat(rollback.out()).contains("agent_files.change", "RESTORED", "PARTIAL");
        assertThat(note).hasContent("before");
        assertThat(project.resolve("src/App.java")).hasContent("class App {}");
        assertThat(enact("rollback", "preview", "no-such-session").status()).isNotZero();
    }

    @Test
    void whatGitKeepsComesBackFromThere() throws Exception {
        Path project =
                Files.createDirectories(this.folder.resolve("projects/web")).toRealPath();
        GitProject git = GitProject.in(project);
        Path note = git.write("note.txt", "before");
        git.fill("src", 30, 100);
        git.commit();
        git.pack();
        String content = git.read("src/7.txt");
        String session = work(project, note);
        assertThat(project.resolve("src")).doesNotExist();
        git.pack();

        Result rollback = enact("rollback", "run", session, "--reason", "wrong branch");

        assertThat(rollback.err()).isEmpty();
        assertThat(rollback.out()).contains("RESTORED", "PARTIAL");
        assertThat(git.read("src/7.txt")).isEqualTo(content);
        String copy = Sha256.hex(content);
        Path blobs = this.file.resolveSibling("undo/blobs");
        assertThat(blobs).isDirectory();
        assertThat(blobs.resolve(copy.substring(0, 2)).resolve(copy)).doesNotExist();
    }

    private String work(Path project, Path note) throws Exception {
        Path configuration = this.folder.resolve("application.yml");
        String page = Snippets.of("coding-agents.md", "yaml").get(1);
        Files.writeString(
                configuration,
                page.replace("/home/dev/projects", project.getParent().toString()));
        try (ConfigurableApplicationContext context = SpringApplication.run(
                HookApplication.class,
                "--spring.config.location=" + configuration.toUri(),
                "--enact.hooks.claude-code.enabled=true",
                "--enact.hooks.claude-code.installations[0].id=ana@enact.example",
                "--enact.hooks.claude-code.installations[0].token=" + HookApplication.TOKEN,
                "--server.port=0",
                "--enact.receipts.file=" + this.file,
                "--enact.signing.secret=" + Workshop.SECRET)) {
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            AgentSession agent = new AgentSession(port, project);
            Map<String, Object> input = Map.of("file_path", note.toString(), "content", "after");
            agent.does("Write", input, () -> Files.writeString(note, "after"));
            agent.runs("rm -rf src");
            agent.ends();
            return agent.id();
        }
    }
}
