package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.hook.claudecode.HookApplication;
import cloud.enact.hook.claudecode.HookClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page about coding agents works as it stands. */
class CodingAgentsPageTests {

    private static final String PAGE = "coding-agents.md";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    @Test
    void theConfigurationOfThePageAnswersItsRequestAsThePageSays() throws Exception {
        List<String> json = Snippets.of(PAGE, "json");
        try (ConfigurableApplicationContext context = guard(HookApplication.TOKEN)) {
            int port = port(context);
            HookClient client = new HookClient(port, HookApplication.TOKEN);

            Map<String, Object> answer = client.post(json.get(1).getBytes(StandardCharsets.UTF_8));

            String reason = HookClient.reason(answer);
            assertThat(reason).isNotBlank();
            assertThat(JSON.readTree(JSON.writeValueAsString(answer)))
                    .isEqualTo(JSON.readTree(json.get(2).replace("…", reason)));
            assertThat(HookClient.reason(client.before("s", "c", "Bash", Map.of("command", "make deploy"))))
                    .isEqualTo("Deployments are for people.");
        }
    }

    /** An application with the configuration of the page. */
    private ConfigurableApplicationContext guard(String token) throws IOException {
        Path configuration = this.folder.resolve("application.yml");
        Files.writeString(configuration, Snippets.of(PAGE, "yaml").get(0));
        return SpringApplication.run(
                HookApplication.class,
                "--spring.config.location=" + configuration.toUri(),
                "--ENACT_HOOK_TOKEN=" + token,
                "--server.port=0",
                "--enact.receipts.store=memory",
                "--enact.undo.directory=" + this.folder.resolve("undo"),
                "--enact.signing.secret=a-secret-for-tests-that-is-long-enough");
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Test
    void itsCommandsLeadFromAnEmptyHomeToAGovernedAgent() throws Exception {
        List<String> commands = Snippets.of(PAGE, "shell");
        agentOfVersion("2.1.329");

        String installed = bash(commands.get(0).replaceAll("(?m)^alias enact=.*$", ""));

        Path file = this.folder.resolve("home/.claude/settings.json");
        JsonNode hooks = JSON.readTree(Files.readString(file)).get("hooks");
        assertThat(hooks.propertyNames()).as(installed).hasSize(10);
        assertThat(hooks.get("PreToolUse"))
                .isEqualTo(JSON.readTree(Snippets.of(PAGE, "json").get(0)).at("/hooks/PreToolUse"));
        // the guard starts with the token of the installation
        String started = bash("java() { echo \"$ENACT_HOOK_TOKEN $*\"; }\n" + commands.get(1));
        String token = started.substring(0, started.indexOf(' '));
        assertThat(token).hasSize(64);
        assertThat(started).contains("-jar enact-sample-app/", "--spring.profiles.active=coding-agents");
        try (ConfigurableApplicationContext context = guard(token)) {
            int port = port(context);
            Files.writeString(file, Files.readString(file).replace(":8080", ":" + port));

            String doctor = bash(commands.get(2).replace("doctor", "doctor --url http://localhost:" + port));

            assertThat(doctor).contains("FINE").doesNotContain("HOLE", "UNCHECKED", token);
            assertThat(HookClient.decision(new HookClient(port, token)
                            .post(Snippets.of(PAGE, "json").get(1).getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo("deny");
        }
    }

    @Test
    void theOptionsOfThePageAreThoseOfTheCommand() throws Exception {
        String page = DocsFolder.read(PAGE);
        String table = page.substring(page.indexOf("| option |"), page.indexOf("It prints the `token-hash`"));

        String help = bash("enact hooks install --help");

        assertThat(table.lines().filter(line -> line.startsWith("| `--")).count())
                .isEqualTo(7);
        Pattern.compile("`(--[a-z-]+)`")
                .matcher(table)
                .results()
                .forEach(option -> assertThat(help).contains(option.group(1)));
    }

    private void agentOfVersion(String version) throws IOException {
        Path program = Files.createDirectories(this.folder.resolve("bin")).resolve("claude");
        Files.writeString(program, "#!/bin/sh\necho '" + version + " (Claude Code)'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    /** What commands print that succeed, in an empty home. */
    private String bash(String commands) throws Exception {
        Path home = Files.createDirectories(this.folder.resolve("home"));
        String enact = "enact() { '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                + "' cloud.enact.cli.EnactCli \"$@\"; }\n";
        ProcessBuilder builder = new ProcessBuilder("bash", "-ec", enact + commands)
                .directory(Files.createDirectories(this.folder.resolve("web")).toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ENACT_") || name.startsWith("CLAUDE_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().merge("PATH", this.folder.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
