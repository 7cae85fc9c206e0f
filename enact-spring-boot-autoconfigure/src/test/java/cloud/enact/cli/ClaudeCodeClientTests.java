package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.hook.claudecode.HookApplication;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Claude Code itself, with the settings that were installed, and a model that follows a script. Only where its program
 * is named: {@code -Denact.test.claude-code=/path/to/claude}. It is not on Maven Central and not ours to bring along.
 */
@EnabledIfSystemProperty(named = "enact.test.claude-code", matches = ".+")
class ClaudeCodeClientTests extends HooksFixture {

    private static final String CREATES = "mkdir made-by-agent";

    private ConfigurableApplicationContext guard() {
        return new SpringApplicationBuilder(HookApplication.class)
                .properties(
                        "server.port=0",
                        "enact.hooks.claude-code.enabled=true",
                        "enact.hooks.claude-code.installations[0].id=ana@enact.example",
                        "enact.hooks.claude-code.installations[0].token=" + HookApplication.TOKEN,
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.folder.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.policies[0].name=no-swearing-folders",
                        "enact.policies[0].block=has(args.command) && args.command.contains('darn')",
                        "enact.policies[0].reason=Choose a kinder name.")
                .run();
    }

    private void installFor(ConfigurableApplicationContext guard) {
        this.environment.put("ENACT_HOOK_TOKEN", HookApplication.TOKEN);
        String url = "http://localhost:" + guard.getEnvironment().getProperty("local.server.port");
        String agent = System.getProperty("enact.test.claude-code");
        assertThat(hooks("install", "user", "--yes", "--claude-version", version(agent), "--url", url)
                        .status())
                .isEqualTo(EnactCli.FINE);
    }

    private static String version(String agent) {
        try {
            Process process = new ProcessBuilder(agent, "--version").start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return printed.substring(0, printed.indexOf(' '));
        } catch (IOException ex) {
            throw new IllegalStateException("No agent at " + agent, ex);
        }
    }

    /** Has the agent work without anybody in front of it, until it is done. */
    private void run(ScriptedModel model) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("enact.test.claude-code"), "-p", "Make a folder.", "--allowedTools", "Bash")
                .directory(this.folder.resolve("web").toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().keySet().removeIf(name -> name.matches("(ENACT|CLAUDE|ANTHROPIC)_.*"));
        builder.environment().put("HOME", this.folder.resolve("home").toString());
        builder.environment().put("ANTHROPIC_BASE_URL", model.address().toString());
        builder.environment().put("ANTHROPIC_API_KEY", "none");
        builder.environment().put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        builder.environment().put("ENACT_HOOK_TOKEN", HookApplication.TOKEN);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
    }

    private static List<Receipt> receipts(ConfigurableApplicationContext guard) {
        return guard.getBean(ReceiptStore.class)
                .query(ReceiptFilter.builder().action("claude_code.bash").build(), null, 10)
                .receipts();
    }

    @Test
    void aCallThatIsDeniedDoesNotRun() throws Exception {
        try (ConfigurableApplicationContext guard = guard();
                ScriptedModel model = new ScriptedModel(CREATES + " darn")) {
            installFor(guard);
            run(model);

            assertThat(model.result().toString()).contains("Choose a kinder name.");
            assertThat(receipts(guard)).extracting(Receipt::kind).containsExactly(ReceiptKind.DECIDED);
        }
        assertThat(this.folder.resolve("web")).isEmptyDirectory();
    }

    @Test
    void aCallThatIsAllowedRunsAndItsOutcomeIsRecorded() throws Exception {
        try (ConfigurableApplicationContext guard = guard();
                ScriptedModel model = new ScriptedModel(CREATES)) {
            installFor(guard);
            run(model);

            assertThat(model.result().path("is_error").asBoolean(false)).isFalse();
            assertThat(receipts(guard))
                    .extracting(Receipt::kind)
                    .containsExactly(ReceiptKind.COMPLETED, ReceiptKind.DECIDED);
        }
        assertThat(this.folder.resolve("web/made-by-agent")).isDirectory();
    }

    @Test
    void withoutTheSettingsTheSameCallRuns() throws Exception {
        try (ScriptedModel model = new ScriptedModel(CREATES)) {
            run(model);
        }
        assertThat(this.folder.resolve("web/made-by-agent")).isDirectory();
    }

    @Test
    void nothingRunsWhereTheGuardIsStopped() throws Exception {
        try (ConfigurableApplicationContext guard = guard()) {
            installFor(guard);
        }
        try (ScriptedModel model = new ScriptedModel(CREATES)) {
            run(model);
        }
        assertThat(this.folder.resolve("web")).isEmptyDirectory();
    }
}
