package cloud.enact.hook.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.event.UngovernedCall;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.event.EventListener;

/** Calls of Claude Code as actions, with its user in front of it. */
@SpringBootTest(
        classes = {HookApplication.class, HookGateTests.Alerts.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            HookApplication.ENABLED,
            HookApplication.ANA,
            HookApplication.ANAS_TOKEN,
            HookApplication.ANAS_ROLE,
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-hook-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "spring.config.additional-location=optional:file:target/more-settings/,optional:file:target/imported.yml",
            "enact.policies[0].pack=coding-agent",
            "enact.policies[1].policy=db.protect-tables",
            "enact.policies[1].with.tables=users",
            "enact.policies[2].name=plain-reason",
            "enact.policies[2].block=has(args.command) && args.command == 'make why'",
            "enact.policies[2].reason=why",
            "enact.policies[3].name=plain-question",
            "enact.policies[3].ask=has(args.command) && args.command == 'make ask'",
            "enact.policies[3].reason=why",
            "enact.policies[4].name=no-swearing",
            "enact.policies[4].on=claude_code.user_prompt_submit",
            "enact.policies[4].block=args.prompt.contains('damn')",
            "enact.policies[4].reason=Be kind."
        })
class HookGateTests {

    private final int port;

    private final HookClient client;

    private final HookReceipts receipts;

    private final ReceiptVerifier verifier;

    private final Alerts alerts;

    private final String session = UUID.randomUUID().toString();

    HookGateTests(
            @LocalServerPort int port,
            @Autowired ReceiptStore store,
            @Autowired ReceiptVerifier verifier,
            @Autowired Alerts alerts) {
        this.port = port;
        this.alerts = alerts;
        this.client = new HookClient(port, HookApplication.TOKEN);
        this.receipts = new HookReceipts(store);
        this.verifier = verifier;
    }

    @Test
    void aCallIsDecidedBeforeItIsAnsweredAndItsOutcomeIsRecordedWhenItIsTold() {
        Map<String, Object> input = Map.of("command", "npm test");

        assertThat(this.client.before(this.session, "c1", "Bash", input)).isEmpty();
        assertThat(this.receipts.kinds(this.session)).containsExactly(ReceiptKind.DECIDED);

        assertThat(this.client.after(this.session, "c1", "Bash", input)).isEmpty();
        List<Receipt> receipts = this.receipts.of(this.session);
        assertThat(receipts).extracting(Receipt::kind).containsExactly(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);
        assertThat(receipts).extracting(Receipt::action).containsOnly("claude_code.bash");
        assertThat(receipts).extracting(Receipt::actor).containsOnly("ana@enact.example");
        assertThat(receipts)
                .extracting(Receipt::actionId)
                .containsOnly(receipts.get(0).actionId());
        assertThat(HookReceipts.status(receipts.get(1))).isEqualTo("SUCCEEDED");
        assertThat(this.verifier.verify(receipts.get(0).runId()).valid()).isTrue();
        Map<?, ?> actor = (Map<?, ?>) receipts.get(0).fields().get("actor");
        assertThat(actor.get("agent")).isEqualTo("claude-code");
        assertThat(actor.get("source")).isEqualTo("hook");
        assertThat(actor.get("roles")).isEqualTo(List.of("engineer"));
        assertThat(((Map<?, ?>) ((Map<?, ?>) actor.get("attributes")).get("hook")).get("cwd"))
                .isEqualTo("/home/ana/web");
        assertThat(((Map<?, ?>) ((Map<?, ?>) actor.get("attributes")).get("hook")).get("call_id"))
                .isEqualTo("c1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bash                          | command       | terraform destroy -auto-approve        | claude_code.bash",
                "Bash                          | command       | psql -c 'DROP TABLE users'             | claude_code.bash",
                "Monitor                       | command       | aws s3 rm s3://data --recursive        | claude_code.monitor",
                "PowerShell                    | command       | terraform destroy                      | claude_code.power_shell",
                "Read                          | file_path     | /home/ana/.ssh/id_rsa                  | claude_code.read",
                "Read                          | file_path     | /home/ana/web/.env                     | claude_code.read",
                "mcp__plugin_acme_db__run_query | sql          | DELETE FROM users WHERE id = 1         | mcp.plugin_acme_db.run_query",
                "mcp__db__query                | sql           | DELETE FROM orders                     | mcp.db.query",
            })
    void whatThePackStopsIsDeniedUnderItsOwnNameWithAReceipt(String tool, String name, String value, String action) {
        Map<String, Object> answer = this.client.before(this.session, "c1", tool, Map.of(name, value));

        assertThat(HookClient.decision(answer)).isEqualTo("deny");
        assertThat(HookClient.reason(answer)).isNotBlank();
        Receipt receipt = this.receipts.last(this.session);
        assertThat(receipt.action()).isEqualTo(action);
        assertThat(receipt.decision()).isEqualTo("BLOCK");
    }

    @Test
    void writingAWorkflowFileOrACredentialIsStoppedWhicheverToolDoesIt() {
        String path = "/home/ana/web/.github/workflows/ci.yml";

        assertThat(HookClient.decision(
                        this.client.before(this.session, "c1", "Write", Map.of("file_path", path, "content", "x"))))
                .isEqualTo("deny");
        assertThat(HookClient.decision(this.client.before(
                        this.session, "c2", "Edit", Map.of("file_path", path, "old_string", "a", "new_string", "b"))))
                .isEqualTo("deny");
        assertThat(HookClient.decision(this.client.before(
                        this.session, "c3", "Bash", Map.of("command", "echo x > .github/workflows/ci.yml"))))
                .isEqualTo("deny");
    }

    @Test
    void theReasonIsThePolicysAndNothingElse() {
        assertThat(HookClient.reason(this.client.before(this.session, "c1", "Bash", Map.of("command", "make why"))))
                .isEqualTo("why");
    }

    @Test
    void whatNeedsAPersonIsPutToTheUserAtTheAgentWhoseYesIsOnRecord() {
        Map<String, Object> input = Map.of("command", "make ask");

        Map<String, Object> answer = this.client.before(this.session, "c1", "Bash", input);

        assertThat(HookClient.decision(answer)).isEqualTo("ask");
        assertThat(HookClient.reason(answer)).isEqualTo("why");
        assertThat(this.receipts.last(this.session).decision()).isEqualTo("ASK");
        assertThat(post("PermissionRequest", null, "Bash", input)).isEmpty();
        assertThat(this.receipts.of(this.session)).hasSize(1);

        this.client.after(this.session, "c1", "Bash", input);
        Receipt outcome = this.receipts.last(this.session);
        assertThat(outcome.kind()).isEqualTo(ReceiptKind.COMPLETED);
        assertThat(HookReceipts.status(outcome)).isEqualTo("SUCCEEDED");
        assertThat(HookReceipts.detail(outcome, "let_through_by")).isEqualTo("the user at the agent");
        assertThat(gaps()).isZero();
    }

    @Test
    void aFailureIsRecordedAsOneWithoutItsSecrets() {
        Map<String, Object> input = Map.of("command", "npm test");
        this.client.before(this.session, "c1", "Bash", input);
        Map<String, Object> request = HookClient.request("PostToolUseFailure", this.session, "c1", "Bash", input);
        request.put("error", "Exit code 1: password=hunter2hunter2 refused");
        request.put("duration_ms", 4187);

        post(request);

        Receipt outcome = this.receipts.last(this.session);
        assertThat(HookReceipts.status(outcome)).isEqualTo("FAILED");
        assertThat(new String(outcome.bytes(), StandardCharsets.UTF_8))
                .contains("Exit code 1", "4187")
                .doesNotContain("hunter2");
    }

    @Test
    void aCallThatNobodyAskedAboutIsAGapWithAnAlert() {
        assertThat(this.client.after(this.session, "never-seen", "Bash", Map.of("command", "rm -rf build")))
                .isEmpty();

        Receipt gap = this.receipts.last(this.session);
        assertThat(gap.kind()).isEqualTo(ReceiptKind.GAP);
        assertThat(gap.action()).isEqualTo("claude_code.bash");
        assertThat(new String(gap.bytes(), StandardCharsets.UTF_8)).contains("rm -rf build", "ran ungoverned");
        assertThat(this.verifier.verify(gap.runId()).valid()).isTrue();
        assertThat(gaps()).isOne();
    }

    @Test
    void aCallThatWasDeniedAndMadeAllTheSameIsAGap() {
        Map<String, Object> input = Map.of("command", "terraform destroy");
        this.client.before(this.session, "c1", "Bash", input);

        this.client.after(this.session, "c1", "Bash", input);

        assertThat(this.receipts.kinds(this.session)).containsExactly(ReceiptKind.DECIDED, ReceiptKind.GAP);
        assertThat(gaps()).isOne();
    }

    @Test
    void anotherCallThanWasJudgedIsAGapAndTheOutcomeOfTheJudgedOneIsUnknown() {
        this.client.before(this.session, "c1", "Bash", Map.of("command", "ls"));

        this.client.after(this.session, "c1", "Bash", Map.of("command", "terraform destroy"));

        assertThat(this.receipts.kinds(this.session))
                .containsExactly(ReceiptKind.DECIDED, ReceiptKind.COMPLETED, ReceiptKind.GAP);
        assertThat(HookReceipts.status(this.receipts.of(this.session).get(1))).isEqualTo("UNKNOWN");
    }

    @Test
    void theServerOfAToolNeedNotBeNamedAgainWhenItsOutcomeIsTold() {
        Map<String, Object> input = Map.of("id", 7);
        Map<String, Object> request = HookClient.request("PreToolUse", this.session, "c1", "mcp__a__b__c", input);
        request.put("mcp_server", Map.of("name", "a__b", "source", "user"));
        post(request);
        assertThat(this.receipts.last(this.session).action()).isEqualTo("mcp.a__b.c");

        this.client.after(this.session, "c1", "mcp__a__b__c", input);

        assertThat(this.receipts.kinds(this.session)).containsExactly(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);
    }

    @Test
    void whatItsUserChangedBeforeItWasWrittenIsSaid() {
        Map<String, Object> input = Map.of("file_path", "/home/ana/web/a.txt", "content", "x");
        this.client.before(this.session, "c1", "Write", input);
        Map<String, Object> request = HookClient.request("PostToolUse", this.session, "c1", "Write", input);
        request.put("tool_response", Map.of("userModified", true, "staged", true));

        post(request);

        Receipt outcome = this.receipts.last(this.session);
        assertThat(HookReceipts.detail(outcome, "changed_by_user")).isEqualTo(true);
        assertThat(HookReceipts.detail(outcome, "held_back")).isEqualTo(true);
    }

    @Test
    void whatTheAgentDoesNotTellByTheEndOfItsTurnIsUnknownAndNoGapWhenItComesLate() {
        Map<String, Object> input = Map.of("command", "sleep 1");
        this.client.before(this.session, "c1", "Bash", input);

        assertThat(post("Stop", null, null, null)).isEmpty();
        assertThat(HookReceipts.status(this.receipts.last(this.session))).isEqualTo("UNKNOWN");

        this.client.after(this.session, "c1", "Bash", input);
        assertThat(this.receipts.kinds(this.session)).containsExactly(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);
        assertThat(gaps()).isZero();
    }

    @Test
    void whatTheAgentRefusesItselfWasNotDone() {
        Map<String, Object> input = Map.of("command", "curl https://enact.example/data");
        this.client.before(this.session, "c1", "Bash", input);

        assertThat(post("PermissionDenied", "c1", "Bash", input)).isEmpty();

        assertThat(HookReceipts.status(this.receipts.last(this.session))).isEqualTo("FAILED");
    }

    @Test
    void permissionForWhatNobodyAskedAboutIsJudged() {
        assertThat(post("PermissionRequest", null, "Bash", Map.of("command", "terraform destroy")))
                .hasEntrySatisfying(
                        "hookSpecificOutput",
                        output -> assertThat(((Map<?, ?>) output).get("decision"))
                                .asString()
                                .contains("behavior=deny"));
        assertThat(this.receipts.last(this.session).decision()).isEqualTo("BLOCK");
    }

    @Test
    void aPromptIsAnActionThatPoliciesMayStop() {
        Map<String, Object> request = HookClient.request("UserPromptSubmit", this.session, null, null, null);
        request.put("prompt", "Add a damn page");
        assertThat(post(request)).containsEntry("decision", "block").containsEntry("reason", "Be kind.");
        request.put("prompt", "Add a page");
        assertThat(post(request)).isEmpty();
        assertThat(this.receipts.kinds(this.session))
                .containsExactly(ReceiptKind.DECIDED, ReceiptKind.DECIDED, ReceiptKind.COMPLETED);
    }

    @Test
    void whatCanNotBeReadIsDeniedAndOnRecordWithoutItsContent() {
        Map<String, Object> request = HookClient.request(
                "PreToolUse", this.session, "c1", "Bash", Map.of("command", List.of("rm", "secret-of-ana")));

        Map<String, Object> answer = post(request);

        assertThat(HookClient.decision(answer)).isEqualTo("deny");
        assertThat(HookClient.reason(answer)).contains("'command'").doesNotContain("secret-of-ana");
        Receipt receipt = this.receipts.last(this.session);
        assertThat(receipt.decision()).isEqualTo("BLOCK");
        assertThat(new String(receipt.bytes(), StandardCharsets.UTF_8)).doesNotContain("secret-of-ana");
    }

    @Test
    void whatWouldTouchTheGuardIsDeniedAndOnRecord() {
        for (String command : List.of(
                "curl http://localhost:" + this.port + "/actuator/health",
                "kill " + ProcessHandle.current().pid(),
                "echo '{}' > .claude/settings.json",
                "echo 'enact.hooks.self-protection: false' > "
                        + Path.of("application.yml").toAbsolutePath(),
                "echo 'enact.hooks.self-protection: false' > "
                        + Path.of("application-default.yml").toAbsolutePath(),
                "echo 'enact.hooks.self-protection=false' > "
                        + Path.of("config/application-default.properties").toAbsolutePath(),
                "rm " + Path.of("target/more-settings/application.yml").toAbsolutePath(),
                "rm " + Path.of("target/imported.yml").toAbsolutePath())) {
            assertThat(HookClient.decision(this.client.before(this.session, "c1", "Bash", Map.of("command", command))))
                    .as(command)
                    .isEqualTo("deny");
            assertThat(this.receipts.last(this.session).objectors()).contains("enact.self-protection");
        }
        Map<String, Object> request = HookClient.request("ConfigChange", this.session, null, null, null);
        request.put("source", "project_settings");
        assertThat(post(request)).containsEntry("decision", "block");
    }

    private long gaps() {
        List<Receipt> receipts = this.receipts.of(this.session);
        return this.alerts.calls.stream()
                .filter(call -> call.runId().equals(receipts.get(0).runId()))
                .count();
    }

    private Map<String, Object> post(String event, String call, String tool, Map<String, Object> input) {
        return post(HookClient.request(event, this.session, call, tool, input));
    }

    private Map<String, Object> post(Map<String, Object> request) {
        Map<String, Object> body = new LinkedHashMap<>(request);
        body.values().removeIf(value -> value == null);
        return this.client.post(HookClient.JSON.writeValueAsBytes(body));
    }

    @TestConfiguration
    static class Alerts {

        private final Queue<UngovernedCall> calls = new ConcurrentLinkedQueue<>();

        @EventListener
        void heard(UngovernedCall call) {
            this.calls.add(call);
        }
    }
}
