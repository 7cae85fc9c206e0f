package cloud.enact.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.ActionBlockedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Replays over HTTP: an application makes calls, and somebody asks what other policies would have said. */
@SpringBootTest(
        classes = ApiApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            ApiApplication.WITHOUT_SECURITY,
            "enact.api.enabled=true",
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-replay-api-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.policies[0].name=nothing-negative",
            "enact.policies[0].block=args.amount < 0"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayApiTests {

    private final ApiApplication.Refunds refunds;

    private final URI address;

    ReplayApiTests(@Autowired ApiApplication.Refunds refunds, @LocalServerPort int port) {
        this.refunds = refunds;
        this.address = URI.create("http://localhost:" + port + "/enact/api/policies/replay");
    }

    @BeforeAll
    void someRefundsAreAskedFor() {
        this.refunds.refund(100);
        this.refunds.refund(400);
        for (int refused : new int[] {-1, 900}) {
            assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(() -> this.refunds.refund(refused));
        }
    }

    @Test
    void proposedPoliciesAreAskedAndTheMethodsOwnStay() throws Exception {
        Map<String, Object> report = ok("{\"policies\":[{\"name\":\"half\",\"on\":\"billing.*\","
                + "\"ask\":\"args.amount > 250\",\"reason\":\"Ask.\"}]}");

        assertThat(report)
                .containsEntry("calls", 4)
                .containsEntry("complete", true)
                .containsEntry("recorded", Map.of("PASS", 2, "ASK", 0, "BLOCK", 2))
                // the policy on the method still blocks 900; nothing stops what is negative
                .containsEntry("proposed", Map.of("PASS", 2, "ASK", 1, "BLOCK", 1))
                .containsEntry("new_asks", 1)
                .containsEntry("new_blocks", 0)
                .containsEntry("new_passes", 1);
        assertThat(report.get("changes").toString()).contains("billing.refund", "half", "recorded=PASS");
        assertThat(this.refunds.paid()).isEqualTo(2);
        assertThat(ok("{}")).as("replays record nothing").containsEntry("calls", 4);
    }

    @Test
    void theEffectivePoliciesAndThoseOfAFileCanBeReplayed() throws Exception {
        Map<String, Object> effective = ok("{\"since\":\"1d\"}");
        Map<String, Object> file = ok("{\"since\":\"2h\",\"limit\":3,\"text\":"
                + "\"policies:\\n- name: all\\n  block: 'true'\\n  reason: No.\\n\"}");

        assertThat(effective)
                .containsEntry("new_blocks", 0)
                .containsEntry("new_asks", 0)
                .containsEntry("new_passes", 0);
        assertThat(file)
                .containsEntry("calls", 3)
                .containsEntry("complete", false)
                .containsEntry("stopped", 3)
                .containsEntry("new_blocks", 1);
        assertThat(ok("{\"since\":\"2020-01-01T00:00:00Z\",\"until\":\"2020-01-02T00:00:00Z\"}"))
                .containsEntry("calls", 0);
    }

    @Test
    void aDraftSaysHowManyPeopleOfWhichGroupsItTakes() throws Exception {
        String rule = "\"name\":\"half\",\"on\":\"billing.*\",\"ask\":\"args.amount > 250\",\"reason\":\"Ask.\"";

        assertThat(ok("{\"policies\":[{" + rule + ",\"approvers\":2,\"groups\":[\"finance\"]}]}"))
                .containsEntry("new_asks", 1);
        assertThat(ok("{\"text\":\"policies:\\n- name: half\\n  on: billing.*\\n  ask: args.amount > 250\\n"
                        + "  reason: Ask.\\n  approvers: 2\\n  groups: [finance]\\n\"}"))
                .containsEntry("new_asks", 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'policie':[]}                      | Did you mean 'policies'?",
                "{'policies':[],'text':'x'}          | both 'policies' and 'text'",
                "{'policies':[{'policy':'nonsense'}]} | there is no policy",
                "{'policies':[{'block':'true','mode':'off'}]} | 'policies[0].mode'",
                "{'policies':[{'ask':'true','approvers':0}]} | 'policies[0].approvers' must be a number",
                "{'policies':[{'ask':'true','approvers':'two'}]} | 'policies[0].approvers' must be a number",
                "{'policies':[{'ask':'true','groups':'finance'}]} | 'policies[0].groups' must be a list",
                "{'policies':[{'block':'true','reason':'No.','approvers':2}]} | are for a policy that asks",
                "{'text':'policies: 7'}              | 'policies'",
                "{'text':'policies:\\n- polcy: x'}   | policy",
                "{'since':'soon'}                    | 'since' is neither",
                "{'since':30}                        | 'since' must be a text",
                "{'since':'99999999999d'}            | 'since' is neither",
                "{'limit':0}                         | 'limit' must be a number",
                "{'limit':1.5}                       | 'limit' must be a number",
                "{'limit':10000000}                  | 'limit' must be a number"
            })
    void whatCannotBeMeantIsAProblem(String body, String detail) throws Exception {
        HttpResponse<String> response = post("replay", body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).get("detail").toString()).contains(detail);
    }

    @Test
    void aPolicyFileIsLinted() throws Exception {
        String text = "policies:\\n- policy: git.dont-push-to-mian\\n- name: never\\n  block: 'false'\\n";

        HttpResponse<String> findings = post("lint", "{\"text\":\"" + text + "\"}");
        HttpResponse<String> sarif = post("lint", "{\"format\":\"sarif\",\"text\":\"" + text + "\"}");
        HttpResponse<String> broken = post("lint", "{\"text\":\"policies: [\"}");

        assertThat(findings.statusCode()).isEqualTo(200);
        assertThat(json(findings).get("findings").toString())
                .contains("severity=ERROR", "line=2", "git.dont-push-to-main")
                .contains("rule=constant-expression");
        assertThat(json(sarif)).containsEntry("version", "2.1.0");
        assertThat(broken.statusCode()).isEqualTo(200);
        assertThat(json(broken).get("findings").toString()).contains("ERROR");
        assertThat(post("lint", "{}").statusCode()).isEqualTo(400);
        assertThat(post("lint", "{\"text\":7}").statusCode()).isEqualTo(400);
    }

    private Map<String, Object> ok(String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post("replay", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(HttpResponse<String> response) {
        return new JsonMapper().readValue(response.body(), Map.class);
    }

    private HttpResponse<String> post(String question, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(this.address.resolve(question))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
