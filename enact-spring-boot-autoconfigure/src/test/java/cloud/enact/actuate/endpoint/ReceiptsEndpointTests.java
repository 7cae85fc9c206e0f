package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The endpoint over HTTP, open for rollback, in an application without Spring Security. */
@SpringBootTest(
        classes = NotesApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-endpoint-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.rollback.enabled=true",
            "management.endpoint.receipts.access=unrestricted",
            "management.endpoint.health.show-details=always",
            "management.info.enact.enabled=true",
            "management.endpoints.web.exposure.include=receipts,health,info"
        })
class ReceiptsEndpointTests {

    private static final ParameterizedTypeReference<Map<String, @Nullable Object>> JSON =
            new ParameterizedTypeReference<>() {};

    private final NotesApplication.Notes notes;

    private final ReceiptStore store;

    private final RestTestClient client;

    private final int port;

    ReceiptsEndpointTests(
            @Autowired NotesApplication.Notes notes, @Autowired ReceiptStore store, @LocalServerPort int port) {
        this.notes = notes;
        this.store = store;
        this.port = port;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port + "/actuator")
                .build();
    }

    private String run = "";

    @BeforeEach
    void aNoteIsWritten() {
        this.notes.restore("plan", null);
        this.notes.write("plan", "the agent's plan");
        Receipt newest =
                this.store.query(ReceiptFilter.all(), null, 1).receipts().get(0);
        this.run = newest.runId().toString();
    }

    private Answer get(String path) {
        return answer(this.client.get().uri(URI.create("http://localhost:" + this.port + "/actuator" + path)));
    }

    private Answer post(String path, String body) {
        return answer(this.client
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body));
    }

    private static Answer answer(RestTestClient.RequestHeadersSpec<?> request) {
        var result = request.exchange().returnResult(JSON);
        return new Answer(result.getStatus().value(), result.getResponseBody());
    }

    private record Answer(int status, @Nullable Map<String, @Nullable Object> body) {

        Map<String, @Nullable Object> json() {
            assertThat(this.body).isNotNull();
            return this.body;
        }

        @SuppressWarnings("unchecked")
        List<Map<String, Object>> list(String name) {
            return (List<Map<String, Object>>) json().get(name);
        }
    }

    @Test
    void receiptsAreListedNewestFirstPageByPage() {
        Answer first = get("/receipts?limit=1&run=" + this.run);
        Answer second = get(
                "/receipts?limit=1&run=" + this.run + "&cursor=" + first.json().get("next_cursor"));
        Answer both = get("/receipts?run=" + this.run);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.list("receipts"))
                .singleElement()
                .satisfies(receipt ->
                        assertThat(receipt).containsEntry("kind", "COMPLETED").containsEntry("run_id", this.run));
        assertThat(second.list("receipts"))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt)
                        .containsEntry("kind", "DECIDED")
                        .containsEntry("action", "notes.write")
                        .containsEntry("payload", Map.of("title", "plan", "text", "the agent's plan")));
        assertThat(second.json()).doesNotContainKey("next_cursor");
        assertThat(both.list("receipts")).hasSize(2);
    }

    @Test
    void everyFilterCounts() {
        assertThat(get("/receipts?decision=BLOCK&run=" + this.run).list("receipts"))
                .isEmpty();
        assertThat(get("/receipts?decision=PASS&kind=DECIDED&run=" + this.run).list("receipts"))
                .hasSize(1);
        assertThat(get("/receipts?action=notes.write&run=" + this.run).list("receipts"))
                .hasSize(2);
        assertThat(get("/receipts?action=notes.other").list("receipts")).isEmpty();
        assertThat(get("/receipts?actor=anonymous&run=" + this.run).list("receipts"))
                .hasSize(2);
        assertThat(get("/receipts?actor=nobody").list("receipts")).isEmpty();
        assertThat(get("/receipts?action=notes.*&run=" + this.run).list("receipts"))
                .hasSize(2);
        assertThat(get("/receipts?system=notes&mode=enforce&run=" + this.run).list("receipts"))
                .hasSize(2);
        assertThat(get("/receipts?mode=observe&run=" + this.run).list("receipts"))
                .isEmpty();
        assertThat(get("/receipts?workflow=onboarding").list("receipts")).isEmpty();
        assertThat(get("/receipts?policy=no.such").list("receipts")).isEmpty();
        assertThat(get("/receipts?until=2020-01-01T00:00:00Z").list("receipts")).isEmpty();
        assertThat(get("/receipts?since=2020-01-01T00:00:00%2B01:00&run=" + this.run)
                        .list("receipts"))
                .hasSize(2);
    }

    @Test
    void aDecisionThatNoReceiptHasIsNoEmptyAnswer() {
        Answer answer = get("/receipts?decision=BLOK");

        assertThat(answer.status()).isEqualTo(400);
        assertThat((String) answer.json().get("detail")).contains("'decision' is one of PASS, ASK, BLOCK");
    }

    @Test
    void selectedStepsAreUndoneAndARollbackIsRolledBack() {
        String position = String.valueOf(
                get("/receipts/" + this.run + "/rollback").list("steps").get(0).get("position"));

        Answer undone = post("/receipts/" + this.run, "{\"operation\":\"rollback\",\"only\":\"" + position + "\"}");
        Object rollback = undone.json().get("rollback_run_id");
        Answer redone = post("/receipts/" + rollback, "{\"operation\":\"rollback\",\"reason\":\"it was right\"}");

        assertThat(undone.json()).containsEntry("result", "ROLLED_BACK");
        assertThat(undone.list("steps").get(0)).containsEntry("verified", true);
        assertThat(redone.json()).containsEntry("result", "ROLLED_BACK").containsEntry("run_id", rollback);
        assertThat(this.notes.read("plan")).isEqualTo("the agent's plan");
    }

    @Test
    void aRefusalNamesOnlyWhatARequestMaySay() {
        Answer answer = post("/receipts/" + this.run, "{\"operation\":\"rollback\",\"reson\":\"x\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat((String) answer.json().get("detail"))
                .contains("something else than action_id, actor,", "skip; nothing was done")
                .doesNotContain("runId", "securityContext");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "actro=nobody          | The request names something else than action, actor,",
                "limit=0               | 'limit' is a number from 1 to 200",
                "limit=201             | 'limit' is a number from 1 to 200",
                "limit=-1              | 'limit' is a number from 1 to 200",
                "limit=abc             | 'limit' is a number from 1 to 200",
                "limit=                | 'limit' is a number from 1 to 200",
                "kind=EVERYTHING       | 'kind' is one of",
                "mode=shadow           | 'mode' is one of",
                "run=../../etc/passwd  | Not a run id",
                "run=42                | Not a run id",
                "since=yesterday       | 'since' is a time such as",
                "until=2026-13-01      | 'until' is a time such as",
                "cursor=x              | 'cursor' is what 'next_cursor'",
                "cursor=YSBiIGM        | 'cursor' is what 'next_cursor'"
            })
    void aBadQueryIsRefusedWithASentence(String query, String sentence) {
        Answer answer = get("/receipts?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat((String) answer.json().get("detail")).contains(sentence).doesNotContain("passwd", "yesterday");
    }

    @Test
    void aRunIsShownWithItsVerification() {
        Answer answer = get("/receipts/" + this.run);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .containsEntry("run_id", this.run)
                .containsEntry("user_email", "anonymous")
                .containsEntry("decision", "PASS")
                .containsKeys("workflow", "policy_results", "actions_taken", "timestamp", "signature")
                .hasEntrySatisfying(
                        "verification",
                        found -> assertThat(found)
                                .asInstanceOf(InstanceOfAssertFactories.MAP)
                                .containsEntry("valid", true)
                                .containsEntry("checked", 2))
                .containsEntry("rollback", Map.of("enabled", true, "state", "NONE", "rollbacks", List.of()));
        assertThat(answer.list("entries")).extracting("kind").containsExactly("DECIDED", "COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/receipts/42",
                "/receipts/%7Bid%7D",
                "/receipts/00000000-0000-0000-0000-000000000000",
                "/receipts/01A1F8D3-EA00-7000-83A4-2F64DEC53BFE"
            })
    void aBadIdIsRefused(String path) {
        assertThat(get(path).status()).isEqualTo(400);
        assertThat(get(path + "/rollback").status()).isEqualTo(400);
        assertThat(get(path).json().get("detail")).asString().startsWith("Not a run id");
    }

    @Test
    void anIdOfTenMegabytesIsRefused() {
        ReceiptsEndpoint endpoint = new ReceiptsEndpoint(
                this.store, new ReceiptVerifier(this.store, ReceiptKeys.forVerification(List.of())), null);

        assertThat(endpoint.run("0".repeat(10_000_000))).satisfies(response -> {
            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(String.valueOf(response.getBody())).hasSizeLessThan(300);
        });
    }

    @Test
    void aRunOfManyEntriesIsShownInPart() {
        ReceiptStore large = ReceiptStore.inMemory(2000);
        ReceiptLog log = Drafts.log(large);
        RunId id = Drafts.run();
        for (int i = 0; i < 1001; i++) {
            log.append(Drafts.decided(id));
        }
        ReceiptVerifier verifier = new ReceiptVerifier(large, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));

        Map<String, @Nullable Object> view =
                new ReceiptsEndpoint(large, verifier, null).run(id.toString()).getBody();

        assertThat(view).containsEntry("entries_omitted", 1);
        assertThat((List<?>) view.get("entries")).hasSize(1000);
        assertThat(view.get("verification"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("checked", 1001L);
    }

    @Test
    void anUnknownRunIsNotFound() {
        String unknown = "01890a5d-ac96-774b-bcce-b302099a8057";

        assertThat(get("/receipts/" + unknown).status()).isEqualTo(404);
        assertThat(get("/receipts/" + unknown + "/rollback").status()).isEqualTo(404);
        assertThat(post("/receipts/" + unknown, "{\"operation\":\"rollback\"}").status())
                .isEqualTo(404);
        assertThat(get("/receipts/" + this.run + "/other").status()).isEqualTo(404);
    }

    @Test
    void aRunIsPreviewedAndRolledBackOnce() {
        Answer preview = get("/receipts/" + this.run + "/rollback");
        Answer alsoPreview = post("/receipts/" + this.run, "{\"operation\":\"preview\"}");

        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.json()).isEqualTo(alsoPreview.json());
        assertThat(this.notes.read("plan")).isEqualTo("the agent's plan");

        Answer rolledBack = post(
                "/receipts/" + this.run,
                "{\"operation\":\"rollback\",\"actor\":\"chef@example.org\",\"reason\":\"a bad plan\"}");

        assertThat(rolledBack.status()).isEqualTo(200);
        assertThat(rolledBack.json())
                .containsEntry("run_id", this.run)
                .containsEntry("result", "ROLLED_BACK")
                .containsEntry("repeated", false);
        assertThat(rolledBack.list("steps"))
                .singleElement()
                .satisfies(step -> assertThat(step)
                        .containsEntry("action", "notes.write")
                        .containsEntry("restoration", "RESTORED"));
        assertThat(this.notes.read("plan")).isNull();
        assertThat(newest(ReceiptKind.ROLLED_BACK).fields())
                .containsEntry("payload", Map.of("claimed_actor", "chef@example.org", "reason", "a bad plan"))
                .hasEntrySatisfying(
                        "actor",
                        actor -> assertThat(actor)
                                .isEqualTo(Map.of("id", "anonymous", "roles", List.of(), "source", "none")));

        Answer again = post("/receipts/" + this.run, "{\"operation\":\"rollback\"}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).containsEntry("repeated", true);
        assertThat(get("/receipts/" + this.run).json().get("rollback"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("state", "ROLLED_BACK");
    }

    private Receipt newest(ReceiptKind kind) {
        return this.store.query(ReceiptFilter.ofKind(kind), null, 1).receipts().get(0);
    }

    @Test
    void aConflictIsAConflict() {
        this.notes.restore("plan", "of somebody else");

        Answer refused = post("/receipts/" + this.run, "{\"operation\":\"rollback\"}");
        String position = String.valueOf(refused.list("steps").get(0).get("position"));
        Answer skipped = post("/receipts/" + this.run, "{\"operation\":\"rollback\",\"skip\":\"" + position + "\"}");
        Answer forced = post("/receipts/" + this.run, "{\"operation\":\"rollback\",\"force\":" + position + "}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json()).containsEntry("result", "REFUSED");
        assertThat(skipped.json()).containsEntry("result", "PARTIAL");
        assertThat(forced.json()).containsEntry("result", "ROLLED_BACK");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                | 'operation' is one of rollback, preview",
                "{\"operation\":\"delete\"}                        | 'operation' is one of rollback, preview",
                "{\"operation\":\"rollback\",\"skip\":\"a\"}       | Positions are whole numbers",
                "{\"operation\":\"rollback\",\"force\":\"1,,2\"}   | Positions are whole numbers",
                "{\"operation\":\"rollback\",\"skip\":\"999999\"}  | no step at position 999999",
                "{\"operation\":\"rollback\",\"skip\":\"3\",\"force\":\"3\"} | both to skip and to force",
                "{\"operation\":\"rollback\",\"only\":\"public.orders\"} | only positions are named here",
                "{\"operation\":\"preview\",\"only\":\"999999\"}   | no step at position 999999",
                "{\"operation\":\"rollback\",\"onyl\":\"3\"}       | nothing was done",
                "{\"operation\":\"rollback\",\"only\":\"\"}        | Name the steps to undo"
            })
    void aBadRequestIsRefusedWithASentence(String body, String sentence) {
        Answer answer = post("/receipts/" + this.run, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail")).asString().contains(sentence);
        assertThat(this.notes.read("plan")).isEqualTo("the agent's plan");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "not json", "{\"operation\":[\"rollback\"]}", "{\"operation\":\"rollback\",\"skip\":[1]}"})
    void aBodyThatIsNotFlatJsonIsRefused(String body) {
        assertThat(post("/receipts/" + this.run, body).status()).isEqualTo(400);
        assertThat(this.notes.read("plan")).isEqualTo("the agent's plan");
    }

    @Test
    void longTextsAreRefused() {
        Answer reason =
                post("/receipts/" + this.run, "{\"operation\":\"rollback\",\"reason\":\"" + "x".repeat(2001) + "\"}");
        Answer actor =
                post("/receipts/" + this.run, "{\"operation\":\"rollback\",\"actor\":\"" + "x".repeat(257) + "\"}");

        assertThat(reason.status()).isEqualTo(400);
        assertThat(actor.status()).isEqualTo(400);
        assertThat(this.notes.read("plan")).isEqualTo("the agent's plan");
    }

    @Test
    void whatIsIrreversibleIsToldToo() {
        this.notes.publish("plan");
        String published = this.store
                .query(ReceiptFilter.ofAction("notes.publish"), null, 1)
                .receipts()
                .get(0)
                .runId()
                .toString();

        Answer answer = post("/receipts/" + published, "{\"operation\":\"rollback\"}");

        assertThat(answer.json()).containsEntry("result", "NOTHING_TO_UNDO");
        assertThat(answer.list("steps")).extracting("restoration").containsExactly("IRREVERSIBLE");
    }

    @Test
    void healthAndInfoSpeakOfEnact() {
        Map<String, @Nullable Object> health = get("/health").json();
        Map<String, @Nullable Object> info = get("/info").json();

        assertThat(health.get("components").toString()).contains("enact=", "mode=enforce", "in_doubt=0", "queue=0");
        assertThat(info.get("enact").toString()).contains("mode=enforce", "store=memory", "policy_set=sha256:");
    }
}
