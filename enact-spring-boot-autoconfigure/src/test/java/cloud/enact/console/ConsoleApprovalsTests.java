package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Answers that come from the console. */
@ConsoleTest
@Import(ConsoleApprovalsTests.Approvals.class)
class ConsoleApprovalsTests {

    private final TestApprovals approvals;

    private final ConsoleApplication.Operator operator;

    private final ConsoleBrowser browser;

    @TestConfiguration(proxyBeanMethods = false)
    static class Approvals {

        @Bean
        TestApprovals approvals() {
            return new TestApprovals();
        }
    }

    ConsoleApprovalsTests(
            @Autowired TestApprovals approvals,
            @Autowired ConsoleApplication.Operator operator,
            @LocalServerPort int port) {
        this.approvals = approvals;
        this.operator = operator;
        this.browser = new ConsoleBrowser(port);
    }

    private ApprovalState state(UUID id) {
        return this.approvals.find(id).orElseThrow().state();
    }

    @Test
    void whoIsSignedInApprovesWithAReason() {
        UUID id = this.approvals.ask("billing.refund", "agent@example.org", "refunds");
        this.browser.signIn(this.operator.credential());
        ConsoleBrowser.Answer page = this.browser.get("/enact/approvals");
        assertThat(page.body())
                .contains(
                        "billing.refund",
                        "agent@example.org",
                        "It can&#39;t be taken back.",
                        "id=\"request-" + id + "\"")
                .contains("3 rows of refunds", "It takes one person of refunds to approve it.");

        ConsoleBrowser.Answer answer = this.browser.post(
                "/enact/approvals/" + id,
                Map.of("csrf", page.hidden("csrf"), "answer", "approve", "reason", "agreed by phone"));

        assertThat(answer.header("Location")).isEqualTo("/enact/approvals#request-" + id);
        assertThat(state(id)).isEqualTo(ApprovalState.APPROVED);
        assertThat(this.browser.get("/enact/approvals").body())
                .contains("APPROVED", "agreed by phone", "console-operator", "over console");
    }

    @Test
    void noArgumentHidesBehindLongOnes() {
        Map<String, Object> args = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            args.put("note" + i, "please ".repeat(500));
        }
        args.put("recipient", "mallory@evil.example");
        args.put("more", Map.of("account", "DE00-evil"));
        UUID id = this.approvals.ask("billing.refund", "agent@example.org", "long", args);

        assertThat(entry(id)).contains("mallory@evil.example", "DE00-evil").contains("are not shown here");
    }

    @Test
    void whatIsTooLongAllTheSameSaysSo() {
        List<String> lines = IntStream.range(0, 5000).mapToObj(i -> "line " + i).toList();
        UUID id = this.approvals.ask("billing.refund", "agent@example.org", "long", Map.of("lines", lines));

        assertThat(entry(id)).contains("line 1000").doesNotContain("line 4999").contains("are not shown here");
        UUID small =
                this.approvals.ask("billing.refund", "agent@example.org", "short", Map.of("a", "b".repeat(15_000)));
        assertThat(entry(small)).contains("b".repeat(15_000)).doesNotContain("are not shown here");
    }

    /** The part of the page that is about a request. */
    private String entry(UUID id) {
        String page = this.browser.get("/enact/approvals").body();
        int from = page.indexOf("id=\"request-" + id);
        return page.substring(from, page.indexOf("</li>", from));
    }

    @Test
    void whatWentWrongWithTellingPeopleStandsBesideTheRequest() {
        UUID id = this.approvals.ask("billing.refund", "agent@example.org", "refunds");
        this.approvals.note(id, "ann@example.com could not be told by e-mail <again>.");

        assertThat(this.browser.get("/enact/approvals").body())
                .contains("ann@example.com could not be told by e-mail &lt;again&gt;.");
    }

    @Test
    void theGovernedAgentCannotApproveItself() {
        UUID id = this.approvals.ask("billing.refund", "agent@example.org", "refunds");

        assertThat(this.browser.get("/enact/approvals").body()).doesNotContain("value=\"approve\"");
        assertThat(this.browser
                        .post("/enact/approvals/" + id, Map.of("answer", "approve", "csrf", "guessed"))
                        .status())
                .isEqualTo(403);
        assertThat(this.browser
                        .get("/enact/approvals/" + id + "?answer=approve")
                        .status())
                .isEqualTo(404);
        assertThat(state(id)).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void aReasonThatWouldBeCutIsRefusedInstead() {
        UUID id = this.approvals.ask("billing.refund", "agent@example.org", "refunds");
        this.browser.signIn(this.operator.credential());
        ConsoleBrowser.Answer page = this.browser.get("/enact/approvals");
        assertThat(page.body()).contains("maxlength=\"" + ApprovalAnswer.MAX_REASON + "\"");

        ConsoleBrowser.Answer refused = this.browser.post(
                "/enact/approvals/" + id,
                Map.of(
                        "csrf",
                        page.hidden("csrf"),
                        "answer",
                        "approve",
                        "reason",
                        "x".repeat(ApprovalAnswer.MAX_REASON + 1)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(state(id)).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void anAnswerThatDoesNotCountSaysWhy() {
        UUID id = this.approvals.ask("billing.refund", Access.OPERATOR, "refunds");
        this.browser.signIn(this.operator.credential());
        String csrf = this.browser.get("/enact/approvals").hidden("csrf");

        ConsoleBrowser.Answer refused =
                this.browser.post("/enact/approvals/" + id, Map.of("csrf", csrf, "answer", "approve"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("Whoever asks can&#39;t answer.");
        assertThat(state(id)).isEqualTo(ApprovalState.PENDING);
        assertThat(this.browser
                        .post("/enact/approvals/" + id, Map.of("csrf", csrf, "answer", "perhaps"))
                        .status())
                .isEqualTo(400);
        assertThat(this.browser
                        .post("/enact/approvals/none", Map.of("csrf", csrf, "answer", "deny"))
                        .status())
                .isEqualTo(404);
    }
}
