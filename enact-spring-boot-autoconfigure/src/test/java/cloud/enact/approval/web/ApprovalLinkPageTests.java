package cloud.enact.approval.web;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalLinks;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.AskedCall;
import cloud.enact.approval.SampleApprovals;
import cloud.enact.policy.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(classes = LinkApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ApprovalLinkPageTests {

    private static final String EVIL =
            "</dd></title></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'><a href=javascript:x>{{reason}}";

    private final Instant now = Instant.now();

    private final SampleApprovals samples = new SampleApprovals(this.now);

    private final ApprovalStore store;

    private final ApprovalLinks links;

    private final String address;

    private final HttpClient client = HttpClient.newHttpClient();

    ApprovalLinkPageTests(@Autowired ApprovalStore store, @Autowired ApprovalLinks links, @LocalServerPort int port) {
        this.store = store;
        this.links = links;
        this.address = "http://localhost:" + port + "/enact/approvals/links/";
    }

    private ApprovalRequest asked() {
        return this.store.open(this.samples.request(UUID.randomUUID().toString()));
    }

    private String link(ApprovalRequest request, boolean approve, String approver) {
        return this.links.token(
                new ApprovalLinks.Link(request.id(), approve, approver, "email"),
                request.terms().expiresAt());
    }

    private HttpResponse<String> get(String token) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(this.address + token)).GET());
    }

    private HttpResponse<String> post(String token, String form) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(this.address + token))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private ApprovalRequest now(ApprovalRequest request) {
        return this.store.find(request.id()).orElseThrow();
    }

    @Test
    void openingALinkShowsWhatIsAskedAndAnswersNothing() throws Exception {
        ApprovalRequest request = asked();
        String token = link(request, true, "ann@enact.example");

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> shown = get(token);

            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body())
                    .contains("Approve billing.refund?")
                    .contains("bot@enact.example through helper")
                    .contains("billing.no-big-refunds", "A refund above 500 needs a person.")
                    .contains("Changes 3 rows: 2 rows of ledger, 1 row of refunds.")
                    .contains("Nobody knows how many rows of audit it changes.")
                    .contains("It can be made good afterwards, and leaves a trace.")
                    .contains("c-17", "900")
                    .contains("Silence counts as a no.")
                    .contains("You answer as ann@enact.example.")
                    .doesNotContain("<script");
        }
        HttpResponse<String> head = send(HttpRequest.newBuilder(URI.create(this.address + token))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(now(request)).isEqualTo(request);
    }

    @Test
    void theEndOfALineInAReasonIsOneCharacter() throws Exception {
        ApprovalRequest request = asked();
        String reason = "x".repeat(ApprovalAnswer.MAX_REASON - 2);

        HttpResponse<String> tooLong =
                post(link(request, true, "ann@enact.example"), "answer=approve&reason=" + reason + "%0D%0Ayz");
        HttpResponse<String> answered =
                post(link(request, true, "ann@enact.example"), "answer=approve&reason=" + reason + "%0D%0Ay");

        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(now(request).answers().get(0).reason()).isEqualTo(reason + "\ny");
    }

    @Test
    void theButtonApproves() throws Exception {
        ApprovalRequest request = asked();

        HttpResponse<String> answered =
                post(link(request, true, "ann@enact.example"), "answer=approve&reason=It+is+fine+%3Cb%3E");

        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(answered.body()).contains("<h1>Approved</h1>", "The action can be done once");
        assertThat(now(request).state()).isEqualTo(ApprovalState.APPROVED);
        assertThat(now(request).answers()).singleElement().satisfies(answer -> {
            assertThat(answer.approver()).isEqualTo("ann@enact.example");
            assertThat(answer.channel()).isEqualTo("email");
            assertThat(answer.reason()).isEqualTo("It is fine <b>");
        });
    }

    @Test
    void theOtherButtonDenies() throws Exception {
        ApprovalRequest request = asked();

        HttpResponse<String> answered = post(link(request, false, "ann@enact.example"), "answer=deny&reason=");

        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(answered.body()).contains("<h1>Denied</h1>");
        assertThat(now(request).state()).isEqualTo(ApprovalState.DENIED);
        assertThat(now(request).answers().get(0).reason()).isNull();
    }

    @Test
    void aDenyLinkCantApprove() throws Exception {
        ApprovalRequest request = asked();

        HttpResponse<String> refused = post(link(request, false, "ann@enact.example"), "answer=approve");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("This link denies, and can do nothing else.");
        assertThat(now(request)).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "answer=", "answer=deny", "answer=APPROVE", "answer=deny&answer=approve"})
    void aPostWithoutTheLinksOwnAnswerAnswersNothing(String form) throws Exception {
        ApprovalRequest request = asked();

        assertThat(post(link(request, true, "ann@enact.example"), form).statusCode())
                .isEqualTo(403);

        assertThat(now(request)).isEqualTo(request);
    }

    @Test
    void aLinkIsGoodForOneAnswer() throws Exception {
        ApprovalRequest request = asked();
        String token = link(request, true, "ann@enact.example");
        post(token, "answer=approve");
        ApprovalRequest approved = now(request);

        HttpResponse<String> again = post(token, "answer=approve");
        HttpResponse<String> shown = get(token);
        HttpResponse<String> other = post(link(request, false, "ann@enact.example"), "answer=deny");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("Already answered", "It is approved, and can be repeated once.");
        assertThat(shown.statusCode()).isEqualTo(409);
        assertThat(shown.body()).doesNotContain("<form", "<button");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(now(request)).isEqualTo(approved);
    }

    @Test
    void anAlteredLinkLeadsNowhere() throws Exception {
        ApprovalRequest request = asked();
        String token = link(request, true, "ann@enact.example");
        String altered = token.substring(0, 10) + ((token.charAt(10) == 'A') ? 'B' : 'A') + token.substring(11);

        assertThat(get(altered).statusCode()).isEqualTo(404);
        HttpResponse<String> posted = post(altered, "answer=approve");

        assertThat(posted.statusCode()).isEqualTo(404);
        assertThat(posted.body()).contains("This link does not work").doesNotContain("c-17", altered);
        assertThat(now(request)).isEqualTo(request);
    }

    @Test
    void theLinkOfOneRequestAnswersNoOther() throws Exception {
        ApprovalRequest request = asked();
        ApprovalRequest other = asked();
        String one = link(request, true, "ann@enact.example");
        String two = link(other, true, "ann@enact.example");

        String mixed = two.substring(0, two.indexOf('.')) + one.substring(one.indexOf('.'));

        assertThat(post(mixed, "answer=approve").statusCode()).isEqualTo(404);
        assertThat(now(request)).isEqualTo(request);
        assertThat(now(other)).isEqualTo(other);
    }

    @Test
    void aLinkToARequestThatIsGoneSaysSo() throws Exception {
        ApprovalRequest never = this.samples.request("never opened");

        assertThat(get(link(never, true, "ann@enact.example")).statusCode()).isEqualTo(404);
        assertThat(post(link(never, true, "ann@enact.example"), "answer=approve")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anExpiredLinkIsGone() throws Exception {
        ApprovalRequest request = asked();
        String token = this.links.token(
                new ApprovalLinks.Link(request.id(), true, "ann@enact.example", "email"), this.now.minusSeconds(1));

        assertThat(get(token).statusCode()).isEqualTo(410);
        HttpResponse<String> posted = post(token, "answer=approve");

        assertThat(posted.statusCode()).isEqualTo(410);
        assertThat(posted.body()).contains("Too late", "Silence counts as a no");
        assertThat(now(request)).isEqualTo(request);
    }

    @Test
    void whoeverAsksCantAnswerThroughALink() throws Exception {
        ApprovalRequest request = asked();

        HttpResponse<String> refused = post(link(request, true, "bot@enact.example"), "answer=approve");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("Your answer does not count");
        assertThat(now(request)).isEqualTo(request);
    }

    @Test
    void whoeverIsInNoGroupOfThePolicyCantAnswer() throws Exception {
        ApprovalRequest request = asked();

        assertThat(post(link(request, true, "carl@enact.example"), "answer=approve")
                        .statusCode())
                .isEqualTo(403);

        assertThat(now(request)).isEqualTo(request);
    }

    @Test
    void whatAModelWroteIsTextAndNothingElse() throws Exception {
        AskedCall asked = new AskedCall(
                new RunId(this.samples.id()),
                this.samples.id(),
                EVIL + "action",
                new Actor(
                        EVIL + "requester",
                        Set.of(EVIL),
                        Map.of(EVIL, EVIL),
                        EVIL + "agent",
                        EVIL + "person",
                        "caller"),
                EVIL,
                Arguments.freeze(Map.of(EVIL + "name", EVIL + "value", "nested", Map.of(EVIL, List.of(EVIL)))),
                List.of(Verdict.ask(EVIL + "policy", EVIL + "reason")),
                new ActionEffect(Map.of(EVIL + "table", 1L), List.of(EVIL + "unmeasured")),
                Reversibility.IRREVERSIBLE);
        ApprovalRequest request =
                this.store.open(this.samples.request(asked, UUID.randomUUID().toString()));

        String page = get(link(request, true, "ann@enact.example")).body();
        String answered = post(
                        link(request, true, "ann@enact.example"),
                        "answer=approve&reason=" + URLEncoder.encode(EVIL, StandardCharsets.UTF_8))
                .body();

        for (String html : List.of(page, answered)) {
            assertThat(html)
                    .doesNotContain("<script", "<img", "<a ", "javascript:x>")
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .contains("{{reason}}");
            assertThat(html.split("</style>")).hasSize(2);
            assertThat(html.split("</title>")).hasSize(2);
        }
        for (String field : List.of(
                "action", "requester", "agent", "person", "name", "value", "policy", "reason", "table", "unmeasured")) {
            assertThat(page).contains("{{reason}}" + field);
        }
    }

    @Test
    void charactersThatCantBeSeenStandAsTheirNumbers() throws Exception {
        AskedCall asked = new AskedCall(
                new RunId(this.samples.id()),
                this.samples.id(),
                "files.delete",
                Actor.of("bot@enact.example"),
                null,
                Map.of("file", "report\u202etxt.exe\u0000\u200b"),
                List.of(Verdict.ask("files.ask", "Look at it.")),
                null,
                Reversibility.REVERSIBLE);
        ApprovalRequest request =
                this.store.open(this.samples.request(asked, UUID.randomUUID().toString()));

        assertThat(get(link(request, false, "ann@enact.example")).body())
                .contains("report\\u{202e}txt.exe\\u{0}\\u{200b}")
                .contains("Nobody has measured how much it changes.");
    }

    @Test
    void aHugeArgumentIsCutAndSaysSo() throws Exception {
        AskedCall asked = new AskedCall(
                new RunId(this.samples.id()),
                this.samples.id(),
                "files.write",
                Actor.of("bot@enact.example"),
                null,
                Map.of("text", "x".repeat(1_000_000)),
                List.of(Verdict.ask("files.ask", "Look at it.")),
                null,
                Reversibility.REVERSIBLE);
        ApprovalRequest request =
                this.store.open(this.samples.request(asked, UUID.randomUUID().toString()));

        String page = get(link(request, false, "ann@enact.example")).body();

        assertThat(page).contains("… (998000 more characters)").hasSizeLessThan(20_000);
    }

    @Test
    void thePageCantBeFramedCachedOrGivenAwayAndRunsNothing() throws Exception {
        ApprovalRequest request = asked();

        for (HttpResponse<String> page : List.of(
                get(link(request, true, "ann@enact.example")), get("nonsense"), post("nonsense", "answer=approve"))) {
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; style-src 'sha256-")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
            assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void theHostHeaderIsNotBelieved() throws Exception {
        ApprovalRequest request = asked();

        assertThat(get(link(request, true, "ann@enact.example")).body())
                .contains("<form method=\"post\">")
                .doesNotContain("localhost");
    }

    @Test
    void aReasonThatIsTooLongIsSaidSo() throws Exception {
        ApprovalRequest request = asked();

        HttpResponse<String> refused =
                post(link(request, true, "ann@enact.example"), "answer=approve&reason=" + "x".repeat(1001));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(now(request)).isEqualTo(request);
    }
}
