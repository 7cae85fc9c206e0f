package cloud.enact.api;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.docs.Snippets;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Decisions over HTTP, in an application without Spring Security that only observes. */
@SpringBootTest(
        classes = ApiApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            ApiApplication.WITHOUT_SECURITY,
            "enact.api.enabled=true",
            "enact.mode=observe",
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-api-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.policies[0].policy=git.dont-push-to-main",
            "enact.policies[1].name=slow-down",
            "enact.policies[1].ask=run.count > 2",
            "enact.policies[1].reason=That was a lot. Wait for a person."
        })
class DecisionsApiTests {

    private final ApiApplication.Refunds refunds;

    private final ReceiptStore store;

    private final URI address;

    DecisionsApiTests(
            @Autowired ApiApplication.Refunds refunds, @Autowired ReceiptStore store, @LocalServerPort int port) {
        this.refunds = refunds;
        this.store = store;
        this.address = URI.create("http://localhost:" + port + "/enact/api/decisions");
    }

    @Test
    void theEffectiveSetDecidesAsIfItEnforcedAndNothingIsDoneOrRecorded() throws Exception {
        int receipts = receipts();

        Map<String, Object> answer = ok("{\"action\":\"billing.refund\",\"args\":{\"amount\":501}}");

        assertThat(answer).containsOnlyKeys("decision", "policy_results", "policy_set");
        assertThat(answer).containsEntry("decision", "BLOCK");
        assertThat(answer.get("policy_set").toString()).matches("sha256:[0-9a-f]{64}");
        assertThat(results(answer))
                .anySatisfy(result -> assertThat(result)
                        .containsOnlyKeys("policy", "effect", "reason")
                        .containsEntry("effect", "BLOCK")
                        .containsEntry("reason", "Refunds above 500 are for people. Refund at most 500."))
                .anySatisfy(result -> assertThat(result)
                        .containsEntry("policy", "git.dont-push-to-main")
                        .containsEntry("effect", "ABSTAIN"));
        assertThat(decision("{\"action\":\"billing.refund\",\"args\":{\"amount\":500}}"))
                .isEqualTo("PASS");
        assertThat(receipts()).isEqualTo(receipts);
        assertThat(this.refunds.paid()).isZero();
    }

    @Test
    void policiesOfTheQuestionReplaceTheEffectiveSetAndAlwaysApply() throws Exception {
        String prefix = "\"policies\":[{\"policy\":\"git.require-branch-prefix\",\"with\":{\"prefix\":\"agent/\"}}]";

        Map<String, Object> answer = ok("{\"action\":\"billing.refund\",\"args\":{\"amount\":501}," + prefix + "}");

        assertThat(results(answer))
                .singleElement()
                .satisfies(result -> assertThat(result)
                        .containsEntry("policy", "git.require-branch-prefix")
                        .containsEntry("effect", "BLOCK"));
        assertThat(answer.get("policy_set"))
                .isNotEqualTo(ok("{\"action\":\"billing.refund\"}").get("policy_set"));
        assertThat(decision("{\"action\":\"x.y\",\"args\":{\"branch\":\"agent/a\"}," + prefix + "}"))
                .isEqualTo("PASS");
        assertThat(decision("{\"action\":\"x.y\",\"policies\":[]}")).isEqualTo("PASS");
        assertThat(decision("{\"action\":\"x.y\",\"policies\":[{\"ask\":\"true\",\"name\":\"two\",\"reason\":\"Two.\","
                        + "\"approvers\":2,\"groups\":[\"finance\"]}]}"))
                .isEqualTo("ASK");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'ask':'args.n > 1','reason':'r'}                                                | ASK",
                "{'block':'args.n > 1'}                                                           | BLOCK",
                "{'block':'args.m > 1'}                                                           | BLOCK",
                "{'block':'args.m > 1','on_error':'ABSTAIN'}                                      | PASS",
                "{'block':'actor.id == `a@example.com` && `dev` in actor.roles'}              | BLOCK",
                "{'block':'actor.attributes.level == 3 && actor.agent == `coder`'}              | BLOCK",
                "{'block':'now == timestamp(`2026-01-02T03:04:05Z`)'}                           | BLOCK",
                "{'block':'resource.type == `file` && resource.id == `a`'}                    | BLOCK",
                "{'block':'run.name == `nightly` && run.counts[`crm.read`] == 2'}             | BLOCK",
                "{'block':'run.actions.exists(a, a.name == `crm.read` && a.args.id == 7)'}      | BLOCK",
                "{'block':'run.actions.exists(a, a.timestamp == timestamp(`2025-12-31T23:00:00Z`))'} | BLOCK",
                "{'block':'action.reversibility == `READ_ONLY`'}                                | BLOCK",
                "{'block':'effect.rows == 3 && effect.tables[`a.users`] == 3'}                    | BLOCK",
                "{'policy':'access.require-actor-role','with':{'roles':['dev']}}                  | PASS",
                "{'policy':'access.require-actor-role','with':{'roles':['admin']}}                | BLOCK",
                "{'policy':'time.within-maintenance-window','with':{'start':'03:00','end':'04:00'}} | PASS",
                "{'policy':'time.within-maintenance-window','with':{'start':'04:00','end':'05:00'}} | BLOCK"
            })
    void everythingThatIsSentCountsForTheDecision(String policy, String decision) throws Exception {
        assertThat(decision("""
                {"action":"a.b","args":{"n":2},"now":"2026-01-02T04:04:05+01:00","reversibility":"READ_ONLY",
                 "actor":{"id":"a@example.com","roles":["dev"],"attributes":{"level":3},"agent":"coder"},
                 "effect":{"a.users":3},
                 "resource":{"type":"file","id":"a"},
                 "run":{"name":"nightly","actions":[{"action":"crm.read","args":{"id":7}},
                   {"action":"crm.read","actor":"b","timestamp":"2025-12-31T23:00:00Z"}]},
                 "policies":[%s]}
                """.formatted(policy.replace('\'', '"').replace("`", "\\\""))))
                .isEqualTo(decision);
    }

    @Test
    void textsOfAMillionCharactersAreJudged() throws Exception {
        String text = "\\u0001".repeat(1_000_000);

        assertThat(decision("{\"action\":\"a.b\",\"args\":{\"command\":\"" + text + "\",\"sql\":\"x\"}}"))
                .isIn("PASS", "ASK", "BLOCK");
    }

    @Test
    void aTimeWithoutAZoneIsInUtc() throws Exception {
        assertThat(decision("{\"action\":\"a.b\",\"now\":\"2026-01-02T03:04:05\",\"policies\":"
                        + "[{\"block\":\"now == timestamp('2026-01-02T03:04:05Z')\"}]}"))
                .isEqualTo("BLOCK");
    }

    @Test
    void whatHappenedBeforeCanBeImaginedForTheEffectiveSet() throws Exception {
        String three = "[{\"action\":\"a.b\"},{\"action\":\"a.b\"},{\"action\":\"a.b\"}]";

        assertThat(decision("{\"action\":\"a.b\",\"run\":{\"actions\":" + three + "}}"))
                .isEqualTo("ASK");
        assertThat(decision("{\"action\":\"a.b\",\"run\":{\"actions\":[]}}")).isEqualTo("PASS");
    }

    @Test
    void factsAreToldWhenAskedFor() throws Exception {
        Map<String, Object> answer = ok("{\"action\":\"a.b\",\"explain\":true,"
                + "\"args\":{\"path\":\"/tmp/../etc/passwd\",\"url\":\"http://2130706433/x\"}}");

        assertThat(answer.get("facts"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("path", "url");
        assertThat(answer.toString()).contains("/etc/passwd", "127.0.0.1");
        assertThat(ok("{\"action\":\"a.b\",\"explain\":true}").get("facts")).isEqualTo(Map.of());
    }

    @Test
    void thePageShowsQuestionsThatAreAnswered() throws Exception {
        List<String> questions = Snippets.of("api.md", "shell").stream()
                .filter(snippet -> snippet.startsWith("curl "))
                .toList();
        Map<String, Object> shown =
                new JsonMapper().readValue(Snippets.of("api.md", "json").get(0), Map.class);

        for (String question : questions) {
            String path = question.substring(question.indexOf("/enact/api"), question.indexOf(" -d '"));
            String body = question.substring(question.indexOf(" -d '") + 5, question.lastIndexOf('\''));
            HttpResponse<String> response = send(HttpRequest.newBuilder(this.address.resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            if (question.equals(questions.get(0))) {
                assertThat(json(response))
                        .containsEntry("decision", shown.get("decision"))
                        .containsEntry("policy_results", shown.get("policy_results"));
            }
        }
        assertThat(questions).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "                                             | not one valid JSON",
                "nonsense                                     | not one valid JSON",
                "{}{}                                         | not one valid JSON",
                "[]                                           | must be a JSON object",
                "null                                         | must be a JSON object",
                "{}                                           | 'action' is missing",
                "{'action':null}                              | 'action' is missing",
                "{'action':7}                                 | 'action' must be a text",
                "{'action':' '}                               | 'action' must be a text",
                "{'action':'a','action':'b'}                  | not one valid JSON",
                "{'action':'a','arg':{}}                      | Did you mean 'args'?",
                "{'action':'a','args':[]}                     | 'args' must be a JSON object",
                "{'action':'a','args':'x'}                    | 'args' must be a JSON object",
                "{'action':'a','args':{'x':NaN}}              | not one valid JSON",
                "{'action':'a','args':{'x':'\\ud800'}}        | surrogate",
                "{'action':'a','actor':'me'}                  | 'actor' must be a JSON object",
                "{'action':'a','actor':{'id':''}}             | 'actor.id' must be a text",
                "{'action':'a','effect':{'users':'many'}}     | how many rows of each table",
                "{'action':'a','actor':{'id':'x','roles':'admin'}} | 'actor.roles' must be a list",
                "{'action':'a','actor':{'id':'x','roles':[1]}} | 'actor.roles' must be a list of texts",
                "{'action':'a','actor':{'id':'x','role':['r']}} | Did you mean 'roles'?",
                "{'action':'a','now':'tomorrow'}              | 'now' is no time",
                "{'action':'a','now':1700000000}              | 'now' must be a text",
                "{'action':'a','now':'2026-01-01'}            | 'now' is no time",
                "{'action':'a','now':'+999999999-01-01T00:00:00Z'} | 'now' is no time",
                "{'action':'a','explain':'yes'}               | 'explain' must be true or false",
                "{'action':'a','policies':{}}                 | 'policies' must be a list",
                "{'action':'a','policies':['x']}              | 'policies[0]' must be a JSON object",
                "{'action':'a','policies':[{'pack':'git-safty'}]} | Did you mean 'git-safety'?",
                "{'action':'a','policies':[{}]}               | exactly one of policy, block and ask",
                "{'action':'a','policies':[{'policy':'db.protect-table'}]} | Did you mean 'db.protect-tables'?",
                "{'action':'a','policies':[{'policy':'db.protect-tables'}]} | needs the parameter 'tables'",
                "{'action':'a','policies':[{'policy':'git.dont-push-to-main','with':{'branch':'x'}}]} | 'branches'",
                "{'action':'a','policies':[{'block':'args.x >'}]} | not valid CEL",
                "{'action':'a','policies':[{'block':'cmd.comands == []'}]} | Did you mean 'commands'?",
                "{'action':'a','policies':[{'block':'true','on':'x.*'}]} | Known: approvers, ask",
                "{'action':'a','policies':[{'block':'true','on_error':'PASS'}]} | one of [BLOCK, ABSTAIN]",
                "{'action':'a','resource':{'type':'file'}}    | 'resource.id' is missing",
                "{'action':'a','reversibility':'maybe'}       | 'reversibility' has a value",
                "{'action':'a','run':{'actions':[{}]}}        | 'run.actions[0].action' is missing"
            })
    void whatCannotBeMeantIsAProblemThatSaysWhatToDo(String body, String detail) throws Exception {
        HttpResponse<String> response = post((body != null) ? body.replace('\'', '"') : "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response))
                .containsOnlyKeys("title", "status", "detail")
                .containsEntry("status", 400)
                .extractingByKey("detail", InstanceOfAssertFactories.STRING)
                .contains(detail.replace('\'', (detail.indexOf("valid CEL") >= 0) ? '"' : '\''));
    }

    @Test
    void tooMuchIsRefusedWithoutReadingIt() throws Exception {
        String deep = "{\"action\":\"a\",\"args\":" + "{\"x\":".repeat(70) + "1" + "}".repeat(71);
        String veryDeep = "{\"action\":\"a\",\"args\":" + "{\"x\":".repeat(100_000);
        String large = "{\"action\":\"a\",\"args\":{\"x\":\"" + "x".repeat(6 * 1024 * 1024) + "\"}}";
        String many =
                "{\"action\":\"a\",\"policies\":[" + "{\"block\":\"true\"},".repeat(201) + "{\"block\":\"true\"}]}";
        String longName = "{\"action\":\"" + "a".repeat(2000) + "\"}";

        for (String body : List.of(deep, veryDeep, large, many, longName)) {
            HttpResponse<String> response = post(body);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).hasSizeLessThan(1500);
        }
    }

    @Test
    void secretsThatWereSentAreNotEchoed() throws Exception {
        for (String body : List.of(
                "{\"action\":\"a\",\"hush\":1}",
                "{\"action\":[\"hush\"]}",
                "{\"action\":\"a\",\"now\":\"hush\"}",
                "{\"action\":\"a\",\"args\":{\"password\":\"hush}",
                "{\"action\":\"a\",\"actor\":{\"id\":\"x\",\"hush\":\"hush\"}}",
                "{\"action\":\"a\",\"policies\":[{\"policy\":\"db.protect-tables\",\"with\":{\"tables\":{\"hush\":1}}}]}")) {
            assertThat(post(body).body()).contains("\"status\":400").doesNotContain("hush");
        }
    }

    @Test
    void textThatIsNoUtf8IsRefused() throws Exception {
        byte[] body = "{\"action\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        HttpResponse<String> response = send(request("application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=UTF-16",
        "application/vnd.x+json",
        "nonsense"
    })
    void whatAWebPageCouldSendIsRefused(String type) throws Exception {
        HttpResponse<String> response = send(request(type)
                .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"a\"}"))
                .build());

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aPageOfAnotherSiteGetsNoAnswer() throws Exception {
        for (String origin : List.of("https://evil.example", "null", "http://localhost:1", "file://")) {
            HttpResponse<String> response = send(request("application/json")
                    .header("Origin", origin)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"a\"}"))
                    .build());
            assertThat(response.statusCode()).isEqualTo(403);
        }
        HttpResponse<String> own = send(request("application/json")
                .header("Origin", "http://" + this.address.getAuthority())
                .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"a\"}"))
                .build());
        assertThat(own.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-For, 127.0.0.1",
        "Forwarded, for=127.0.0.1",
        "X-Real-IP, 203.0.113.7",
        "via, 1.1 proxy",
        "X-Forwarded-Proto, https"
    })
    void whoeverComesThroughAProxyIsNotThisMachine(String header, String value) throws Exception {
        HttpResponse<String> response = send(request("application/json")
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"a\"}"))
                .build());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("enact.api.remote");
    }

    private String decision(String body) throws IOException, InterruptedException {
        return String.valueOf(ok(body).get("decision"));
    }

    private Map<String, Object> ok(String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return json(response);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> results(Map<String, Object> answer) {
        return (List<Map<String, Object>>) answer.get("policy_results");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(HttpResponse<String> response) {
        return new JsonMapper().readValue(response.body(), Map.class);
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request("application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String type) {
        return HttpRequest.newBuilder(this.address).header("Content-Type", type);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private int receipts() {
        return this.store
                .query(ReceiptFilter.ofKind(ReceiptKind.DECIDED), null, 1000)
                .receipts()
                .size();
    }
}
