package cloud.enact.hook.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.Approver;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Calls of Claude Code where people can be asked, an installation nobody sits in front of, and policies of Cerbos. */
@SpringBootTest(
        classes = HookApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            HookApplication.ENABLED,
            "enact.hooks.claude-code.on-pass=allow",
            HookApplication.ANA,
            HookApplication.ANAS_TOKEN,
            HookApplication.ANAS_ROLE,
            "enact.hooks.claude-code.installations[1].id=build@enact.example",
            "enact.hooks.claude-code.installations[1].token=" + HookApplication.HEADLESS,
            "enact.hooks.claude-code.installations[1].headless=true",
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-hook-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.approval.enabled=true",
            "enact.policies[0].name=deployments",
            "enact.policies[0].ask=has(args.command) && args.command.startsWith('deploy')",
            "enact.policies[0].reason=Deployments need a person."
        })
class HookApprovalTests {

    private static final String CERBOS = """
            apiVersion: api.cerbos.dev/v1
            resourcePolicy:
              resource: PreToolUse
              version: default
              rules:
                - actions: [Bash]
                  roles: [engineer]
                  effect: EFFECT_DENY
                  condition:
                    match:
                      expr: R.attr.tool_input.command.matches(".*reset.*") && R.attr.cwd == "/home/ana/web"
                  output:
                    when:
                      ruleActivated: |
                        {"hookSpecificOutput": {
                          "permissionDecision": "deny",
                          "permissionDecisionReason": "This command has been blocked by security policy."}}
                - actions: ["*"]
                  roles: ["*"]
                  effect: EFFECT_ALLOW
            """;

    private final HookClient ana;

    private final HookClient build;

    private final HookReceipts receipts;

    private final ApprovalService approvals;

    private final String session = UUID.randomUUID().toString();

    HookApprovalTests(@LocalServerPort int port, @Autowired ReceiptStore store, @Autowired ApprovalService approvals) {
        this.ana = new HookClient(port, HookApplication.TOKEN);
        this.build = new HookClient(port, HookApplication.HEADLESS);
        this.receipts = new HookReceipts(store);
        this.approvals = approvals;
    }

    @DynamicPropertySource
    static void policyFiles(DynamicPropertyRegistry registry) throws Exception {
        Path file = Files.createTempDirectory("enact-hook").resolve("tools.yaml");
        Files.writeString(file, CERBOS);
        registry.add("enact.policy-files", () -> file.toUri().toString());
    }

    @Test
    void whatNoPolicyObjectsToIsAllowedWithoutAskingItsUserWhereThatIsConfigured() {
        assertThat(HookClient.decision(this.ana.before(this.session, "c1", "Bash", Map.of("command", "ls"))))
                .isEqualTo("allow");
        assertThat(this.ana.before(this.session, "c2", "ExitPlanMode", Map.of("plan", "go")))
                .isEmpty();
    }

    @Test
    void outputsOfCerbosAreToldAsTheyStandWithTheNameOfTheEvent() {
        assertThat(this.ana.before(this.session, "c1", "Bash", Map.of("command", "git reset --hard")))
                .isEqualTo(Map.of(
                        "hookSpecificOutput",
                        Map.of(
                                "hookEventName",
                                "PreToolUse",
                                "permissionDecision",
                                "deny",
                                "permissionDecisionReason",
                                "This command has been blocked by security policy.")));
        assertThat(HookClient.decision(
                        this.build.before(this.session, "c1", "Bash", Map.of("command", "git reset --hard"))))
                .isEqualTo("allow");
    }

    @Test
    void aCallWaitsForAPersonAndGoesThroughOnceWhenItIsRepeated() {
        Map<String, Object> input = Map.of("command", "deploy web");

        Map<String, Object> answer = this.ana.before(this.session, "c1", "Bash", input);
        assertThat(HookClient.decision(answer)).isEqualTo("deny");
        assertThat(HookClient.reason(answer))
                .startsWith("Deployments need a person.")
                .contains("ticket");

        approve(HookClient.reason(answer).replaceAll(".*ticket ([0-9a-f-]{36}).*", "$1"));
        assertThat(HookClient.decision(this.ana.before(this.session, "c2", "Bash", input)))
                .isEqualTo("allow");
        this.ana.after(this.session, "c2", "Bash", input);
        assertThat(HookReceipts.status(this.receipts.last(this.session))).isEqualTo("SUCCEEDED");
        assertThat(HookClient.decision(this.ana.before(this.session, "c3", "Bash", input)))
                .isEqualTo("deny");
    }

    @Test
    void anInstallationWithoutUserStopsAndAsksAgainWhenItIsResumed() {
        Map<String, Object> input = Map.of("command", "deploy api");

        assertThat(this.build.before(this.session, "c1", "Bash", input))
                .isEqualTo(Map.of(
                        "hookSpecificOutput", Map.of("hookEventName", "PreToolUse", "permissionDecision", "defer")));

        approve(this.approvals.findOpen(null, 100).stream()
                .filter(request -> request.asked().payload().equals(input))
                .findFirst()
                .orElseThrow()
                .id()
                .toString());
        assertThat(HookClient.decision(this.build.before(this.session, "c1", "Bash", input)))
                .isEqualTo("allow");
        this.build.after(this.session, "c1", "Bash", input);
        assertThat(this.receipts.last(this.session).kind()).isEqualTo(ReceiptKind.COMPLETED);
    }

    @Test
    void whatWasApprovedInOneDirectoryIsAnotherCallInTheNext() {
        Map<String, Object> input = Map.of("command", "deploy there");
        approve(HookClient.reason(this.ana.before(this.session, "c1", "Bash", input))
                .replaceAll(".*ticket ([0-9a-f-]{36}).*", "$1"));
        Map<String, Object> elsewhere = HookClient.request("PreToolUse", this.session, "c2", "Bash", input);
        elsewhere.put("cwd", "/srv/production");

        assertThat(HookClient.decision(this.ana.post(HookClient.JSON.writeValueAsBytes(elsewhere))))
                .isEqualTo("deny");
    }

    private void approve(String ticket) {
        this.approvals.answer(
                UUID.fromString(ticket), new Approver("boss@enact.example", Set.of(), "test"), true, null);
    }
}
