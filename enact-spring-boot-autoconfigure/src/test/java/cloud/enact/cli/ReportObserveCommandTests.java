package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.hook.claudecode.HookApplication;
import cloud.enact.hook.claudecode.HookClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A coding agent is observed, and what each pack would have said of it is reported. */
class ReportObserveCommandTests extends CliFixture {

    /** A guard over the store, for as long as an agent works. */
    private void serve(Consumer<HookClient> work, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--enact.hooks.claude-code.enabled=true",
                "--enact.hooks.claude-code.installations[0].id=ana@enact.example",
                "--enact.hooks.claude-code.installations[0].token=" + HookApplication.TOKEN,
                "--enact.receipts.file=" + this.file,
                "--enact.undo.directory=" + this.folder.resolve("undo"),
                "--enact.signing.secret=" + Workshop.SECRET));
        arguments.addAll(List.of(more));
        try (ConfigurableApplicationContext context =
                SpringApplication.run(HookApplication.class, arguments.toArray(String[]::new))) {
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            work.accept(new HookClient(port, HookApplication.TOKEN));
        }
    }

    private void observe() {
        serve(
                agent -> {
                    does(agent, "c1", "npm test");
                    does(agent, "c2", "terraform destroy -auto-approve");
                    does(agent, "c3", "git push --force origin main");
                    does(agent, "c4", "make deploy");
                    agent.after("s", "c5", "Bash", Map.of("command", "rm -rf build"));
                },
                "--enact.mode=observe");
    }

    private static void does(HookClient agent, String call, String command) {
        Map<String, Object> input = Map.of("command", command);
        assertThat(agent.before("s", call, "Bash", input)).as("while observing").isEmpty();
        agent.after("s", call, "Bash", input);
    }

    @Test
    void whatWasDoneAndWhatPacksAndDraftsWouldHaveStoppedIsReported() throws IOException {
        observe();
        Path draft = Files.writeString(this.folder.resolve("draft.yaml"), """
                policies:
                  - name: ask-for-deployments
                    ask: has(args.command) && args.command.contains("deploy")
                    reason: Deployments are for people.
                """);

        Result text = enact("report", "observe", draft, "--since", "1d");
        JsonNode json = enact("report", "observe", "--json").json();

        assertThat(text.status()).as(text.err()).isEqualTo(EnactCli.FINE);
        assertThat(text.out())
                .contains("4 of 5 calls since ", "1 ran ungoverned", "  4  claude_code.bash")
                .contains("pack coding-agent would have blocked 2 and asked about 0")
                .contains("1 stopped by coding-agent.block-terraform-destroy", "1 stopped by git.dont-force-push")
                .contains("pack slack-etiquette would have blocked 0 and asked about 0")
                .contains("drafts would have blocked 0 and asked about 1", "1 stopped by ask-for-deployments");
        assertThat(json.get("governed").asInt()).isEqualTo(4);
        assertThat(json.get("ungoverned").asInt()).isEqualTo(1);
        assertThat(json.get("candidates")
                        .get("pack coding-agent")
                        .get("stopped")
                        .asInt())
                .isEqualTo(2);
        assertThat(enact("report", "observe", "--limit", "2").out()).contains("The newest 2 governed calls");
    }

    @Test
    void aTokenThatLiesAroundAndTheVolumeItDeletesAreStoppedAndWhileObservingReported() {
        Map<String, Object> reads = Map.of("file_path", "/home/ana/web/infra/railway-token.txt");
        Map<String, Object> deletes = Map.of(
                "command",
                "curl -X POST https://backboard.railway.app/graphql/v2 -H \"Authorization: Bearer $T\" -d"
                        + " '{\"query\":\"mutation { volumeDelete(volumeId: \\\"v1\\\") }\"}'");

        serve(
                agent -> {
                    assertThat(agent.before("p", "r", "Read", reads)).isEmpty();
                    assertThat(agent.before("p", "d", "Bash", deletes)).isEmpty();
                },
                "--enact.mode=observe");
        JsonNode observed =
                enact("report", "observe", "--json").json().get("candidates").get("pack coding-agent");
        serve(
                agent -> {
                    assertThat(HookClient.decision(agent.before("q", "r", "Read", reads)))
                            .isIn("deny", "ask");
                    assertThat(HookClient.decision(agent.before("q", "d", "Bash", deletes)))
                            .isIn("deny", "ask");
                },
                "--enact.policies[0].pack=coding-agent",
                "--enact.approval.enabled=false");
        Result receipts = enact("receipts", "list");

        assertThat(observed.get("stopped").asInt()).isEqualTo(2);
        assertThat(observed.get("actions")
                        .get("claude_code.read")
                        .get("stopped")
                        .asInt())
                .isEqualTo(1);
        assertThat(observed.get("actions")
                        .get("claude_code.bash")
                        .get("stopped")
                        .asInt())
                .isEqualTo(1);
        assertThat(receipts.out()).contains("claude_code.read", "claude_code.bash");
        assertThat(enact("receipts", "verify").status()).isEqualTo(EnactCli.FINE);
    }

    @Test
    void withoutAStoreThereIsNothingToReport() {
        assertThat(enact("report", "observe").status()).isEqualTo(EnactCli.UNUSABLE);
        assertThat(enact("report", "observe", "--since", "soon").err()).contains("--since is a time");
        assertThat(enact("report").err()).contains("A command is missing");
    }
}
