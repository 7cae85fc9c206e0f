package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.ActionStep;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Every text a model can fill, on every page: none of it is markup, and nothing in it hides. */
@ConsoleTest
@TestPropertySource(properties = "enact.rollback.enabled=true")
@Import(HostileTextTests.Approvals.class)
class HostileTextTests {

    /** Ends texts and attributes of every kind, is a template, and turns the writing direction round. */
    private static final String HOSTILE = "\"'`><xss7 onload=alert(1)>{{csrf}}{{{csrf}}}</pre></script>\u202e";

    private static final IdGenerator IDS = IdGenerator.uuidV7(Clock.systemUTC());

    private final ReceiptLog log;

    private final ConsoleApplication.Notes notes;

    private final ConsoleApplication.Operator operator;

    private final TestApprovals approvals;

    private final ConsoleBrowser browser;

    @TestConfiguration(proxyBeanMethods = false)
    static class Approvals {

        @Bean
        TestApprovals approvals() {
            return new TestApprovals();
        }
    }

    HostileTextTests(
            @Autowired ReceiptLog log,
            @Autowired ConsoleApplication.Notes notes,
            @Autowired ConsoleApplication.Operator operator,
            @Autowired TestApprovals approvals,
            @LocalServerPort int port) {
        this.log = log;
        this.notes = notes;
        this.operator = operator;
        this.approvals = approvals;
        this.browser = new ConsoleBrowser(port);
    }

    private static void assertHarmless(ConsoleBrowser.Answer answer) {
        assertThat(answer.body())
                .contains("&lt;xss7 onload")
                .doesNotContain("<xss7", "\u202e", "\"'`>", "'`>", "</pre></script>");
        // nothing of a text is read as a template
        assertThat(answer.body()).contains("{{csrf}}");
    }

    private RunId receiptsWithHostileTexts() {
        Run run = new Run(new RunId(IDS.next()), HOSTILE);
        Actor actor = new Actor(HOSTILE, Set.of(HOSTILE), Map.of(HOSTILE, HOSTILE), HOSTILE, HOSTILE, HOSTILE);
        ActionRequest request = new ActionRequest(
                IDS.next(),
                run,
                null,
                "crm." + HOSTILE,
                Map.of(HOSTILE, HOSTILE, "text", HOSTILE),
                actor,
                new ResourceRef(HOSTILE, HOSTILE),
                Reversibility.REVERSIBLE,
                Clock.systemUTC().instant());
        Decision decision =
                Decision.of(List.of(Verdict.block(HOSTILE, HOSTILE)), EnactMode.OBSERVE, "sha256:" + "ab".repeat(32));
        this.log.append(ReceiptDraft.decided(request, decision, EnactMode.OBSERVE));
        this.log.append(ReceiptDraft.completed(
                request,
                decision,
                EnactMode.OBSERVE,
                Clock.systemUTC().instant(),
                Reversibility.REVERSIBLE,
                Map.of("status", "FAILED", "error", HOSTILE, "message", HOSTILE),
                List.of(new ActionStep(
                        "crm." + HOSTILE,
                        true,
                        Map.of(HOSTILE, HOSTILE),
                        null,
                        Reversibility.REVERSIBLE,
                        7L,
                        "sha256:" + "cd".repeat(32)))));
        RunId rollback = new RunId(IDS.next());
        this.log.append(ReceiptDraft.rollback(
                ReceiptKind.ROLLED_BACK,
                rollback,
                IDS.next(),
                run.id(),
                Clock.systemUTC().instant(),
                actor,
                Map.of("reason", HOSTILE),
                "PARTIAL",
                Map.of("status", "PARTIAL", "message", HOSTILE),
                List.of(Map.of(
                        "action",
                        HOSTILE,
                        "restoration",
                        "CONFLICT",
                        "detail",
                        HOSTILE,
                        "output",
                        Map.of("a", HOSTILE)))));
        assertHarmless(this.browser.get("/enact/runs/" + rollback));
        return run.id();
    }

    @Test
    void receiptsAndRunsShowHostileTextsAsTexts() {
        RunId run = receiptsWithHostileTexts();

        assertHarmless(this.browser.get("/enact/receipts"));
        assertHarmless(this.browser.get("/enact/runs/" + run));
        assertHarmless(this.browser.get("/enact/policies"));
        ConsoleBrowser.Answer raw = this.browser.get("/enact/runs/" + run + "/raw");
        assertThat(raw.header("Content-Type")).startsWith("application/json");
        assertThat(raw.header("X-Content-Type-Options")).isEqualTo("nosniff");
        this.browser.signIn(this.operator.credential());
        assertHarmless(this.browser.get("/enact/runs/" + run));
        assertHarmless(this.browser.get("/enact/receipts"));
    }

    @Test
    void capturedStateIsShownAsText() {
        this.notes.restore("plan", HOSTILE);
        this.notes.write("plan", HOSTILE);
        this.browser.signIn(this.operator.credential());
        String page = this.browser.get("/enact/receipts?action=notes.write").body();
        String start = "href=\"/enact/runs/";
        String run = page.substring(page.indexOf(start) + start.length()).substring(0, 36);

        assertHarmless(this.browser.get("/enact/runs/" + run));
    }

    @Test
    void requestsForApprovalAreShownAndAnsweredAsText() {
        UUID id = this.approvals.ask(HOSTILE, HOSTILE, HOSTILE);

        assertHarmless(this.browser.get("/enact/approvals"));
        this.browser.signIn(this.operator.credential());
        String csrf = this.browser.get("/enact/approvals").hidden("csrf");
        this.browser.post("/enact/approvals/" + id, Map.of("csrf", csrf, "answer", "deny", "reason", HOSTILE));
        ConsoleBrowser.Answer answered = this.browser.get("/enact/approvals");
        assertHarmless(answered);
        assertThat(answered.body()).contains("DENIED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"action", "actor", "policy"})
    void whatSomebodyLooksForComesBackAsText(String field) {
        assertHarmless(this.browser.get(
                "/enact/receipts?" + field + "=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8)));
    }

    @Test
    void whatCannotBeMeantIsNotRepeated() {
        String encoded = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
        for (String query : List.of("decision=", "kind=", "run=", "since=", "cursor=", "text=", encoded + "=")) {
            ConsoleBrowser.Answer answer = this.browser.get("/enact/receipts?" + query + encoded);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("xss7");
        }
    }
}
