package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ForgetfulStore;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Runs in doubt over HTTP: listed, looked at, settled. */
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
            "management.endpoints.web.exposure.include=receipts,health"
        })
@Import(InDoubtEndpointTests.Store.class)
class InDoubtEndpointTests {

    private static final ParameterizedTypeReference<Map<String, @Nullable Object>> JSON =
            new ParameterizedTypeReference<>() {};

    private static final String NOT_DONE = "{\"operation\":\"reconcile\",\"outcome\":\"not_done\",\"reason\":\"no\"}";

    @Autowired
    private NotesApplication.Notes notes;

    @Autowired
    private ForgetfulStore forgetful;

    @Autowired
    private ReceiptStore store;

    @Autowired
    private ReceiptVerifier verifier;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    @TestConfiguration(proxyBeanMethods = false)
    static class Store {

        @Bean
        ForgetfulStore forgetfulStore() {
            return new ForgetfulStore();
        }

        @Bean
        ReceiptStore receiptStore(ForgetfulStore forgetful) {
            return forgetful.store();
        }
    }

    @AfterEach
    void everythingCanBeSettled() {
        for (Receipt open : this.store.findOpen(null, 100)) {
            post(
                    "/receipts/" + open.runId(),
                    "{\"operation\":\"reconcile\",\"outcome\":\"dismissed\",\"reason\":\"end\"}");
        }
        assertThat(get("/health").json()).containsEntry("status", "UP");
        assertThat(this.verifier.verifyAll().valid()).isTrue();
    }

    @Test
    void aLostOutcomeIsListedWithWhatLookingSaysAndSettledByThat() {
        this.forgetful.losing(() -> this.notes.write("plan", "new"));
        Receipt decision = newest(ReceiptKind.DECIDED);
        String run = decision.runId().toString();

        assertThat(get("/health").json()).containsEntry("status", "DOWN");
        assertThat(details()).containsEntry("in_doubt", 1).containsKey("in_doubt_since");
        assertThat(this.meters.get("enact.receipts.in.doubt").gauge().value()).isEqualTo(1);
        Answer listed = get("/receipts/in-doubt");
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.json()).containsEntry("in_doubt", 1);
        assertThat(listed.list("runs")).singleElement().satisfies(found -> {
            assertThat(found).containsEntry("run_id", run);
            assertThat(found.get("actions"))
                    .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                    .singleElement()
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("action", "notes.write")
                    .containsEntry("action_id", decision.actionId().toString())
                    .containsEntry("finding", "DONE")
                    .containsKeys("since", "age_seconds", "detail", "steps");
        });
        assertThat(get("/receipts/" + run + "/in-doubt").list("runs")).hasSize(1);

        Answer settled = post("/receipts/" + run, "{\"operation\":\"reconcile\",\"outcome\":\"probe\"}");

        assertThat(settled.status()).isEqualTo(200);
        assertThat(settled.json()).containsEntry("result", "RECONCILED");
        assertThat(settled.list("actions"))
                .singleElement()
                .satisfies(action -> assertThat(action).containsEntry("outcome", "completed"));
        Receipt receipt = newest(ReceiptKind.RECONCILED);
        assertThat(receipt.actionId()).isEqualTo(decision.actionId());
        assertThat(receipt.fields())
                .containsEntry("outcome", "SUCCEEDED")
                .containsEntry("payload", Map.of("outcome", "probe"))
                .hasEntrySatisfying(
                        "outcome_detail",
                        detail -> assertThat(detail)
                                .asInstanceOf(InstanceOfAssertFactories.MAP)
                                .containsEntry("resolution", "completed")
                                .containsEntry("finding", "DONE"));
        assertThat(get("/health").json()).containsEntry("status", "UP");
        assertThat(details()).containsEntry("in_doubt", 0).doesNotContainKey("in_doubt_since");
        assertThat(this.meters.get("enact.receipts.in.doubt").gauge().value()).isZero();
        assertThat(get("/receipts/in-doubt").list("runs")).isEmpty();
    }

    @Test
    void settlingAgainWritesNothing() {
        this.forgetful.losing(() -> this.notes.write("plan", "new"));
        String run = newest(ReceiptKind.DECIDED).runId().toString();
        String probe = "{\"operation\":\"reconcile\",\"outcome\":\"probe\"}";
        post("/receipts/" + run, probe);
        int entries = entries(run);

        Answer again = post("/receipts/" + run, probe);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).containsEntry("result", "NOTHING_IN_DOUBT");
        assertThat(entries(run)).isEqualTo(entries);
    }

    @Test
    void whatLookingDoesNotTellStaysInDoubtUntilAPersonSaysIt() {
        this.forgetful.losing(() -> this.notes.publish("plan"));
        String run = newest(ReceiptKind.DECIDED).runId().toString();

        Answer looked = post("/receipts/" + run, "{\"operation\":\"reconcile\",\"outcome\":\"probe\"}");
        assertThat(looked.status()).isEqualTo(200);
        assertThat(looked.json()).containsEntry("result", "IN_DOUBT");
        assertThat(details()).containsEntry("in_doubt", 1);

        Answer said = post(
                "/receipts/" + run,
                "{\"operation\":\"reconcile\",\"outcome\":\"completed\",\"actor\":\"ann@example.org\","
                        + "\"reason\":\"I read it on the page, token ghp_abcdefghijklmnopqrstuvwxyzABCDEF0123\"}");

        assertThat(said.json()).containsEntry("result", "RECONCILED");
        assertThat(String.valueOf(newest(ReceiptKind.RECONCILED).fields()))
                .contains("I read it on the page", "claimed_actor=ann@example.org", "finding=UNKNOWN")
                .doesNotContain("ghp_abcdefghijklmnopqrstuvwxyzABCDEF0123");
    }

    @Test
    void aWordAgainstWhatLookingSaysNeedsForce() {
        this.forgetful.losing(() -> this.notes.write("plan", "new"));
        String run = newest(ReceiptKind.DECIDED).runId().toString();

        Answer refused = post("/receipts/" + run, NOT_DONE);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json()).containsEntry("result", "REFUSED");
        assertThat(details()).containsEntry("in_doubt", 1);

        Answer forced = post("/receipts/" + run, NOT_DONE.replace("}", ",\"force\":true}"));
        assertThat(forced.status()).isEqualTo(200);
        assertThat(newest(ReceiptKind.RECONCILED).fields()).containsEntry("outcome", "FAILED");
    }

    @Test
    void rollingARunInDoubtBackSettlesIt() {
        this.forgetful.losing(() -> this.notes.write("plan", "new"));
        String run = newest(ReceiptKind.DECIDED).runId().toString();

        Answer rolledBack = post("/receipts/" + run, "{\"operation\":\"rollback\",\"reason\":\"a bad plan\"}");

        assertThat(rolledBack.json()).containsEntry("result", "ROLLED_BACK");
        assertThat(newest(ReceiptKind.RECONCILED).fields())
                .containsEntry("run_id", run)
                .hasEntrySatisfying(
                        "outcome_detail",
                        detail -> assertThat(detail)
                                .asInstanceOf(InstanceOfAssertFactories.MAP)
                                .containsEntry("resolution", "rolled_back")
                                .containsEntry(
                                        "rollback_run_id", rolledBack.json().get("rollback_run_id")));
        assertThat(get("/health").json()).containsEntry("status", "UP");
    }

    @Test
    void aRollbackWhoseLastReceiptIsLostSettlesWhenItIsAskedForAgain() {
        this.forgetful.losing(() -> {
            this.notes.write("plan", "new");
            post(
                    "/receipts/" + newest(ReceiptKind.DECIDED).runId(),
                    "{\"operation\":\"rollback\",\"reason\":\"a bad plan\"}");
        });
        String run = newest(ReceiptKind.DECIDED).runId().toString();
        assertThat(details()).containsEntry("in_doubt", 1);

        Answer again = post("/receipts/" + run, "{\"operation\":\"rollback\",\"reason\":\"again\"}");

        assertThat(again.json()).containsEntry("repeated", true);
        assertThat(details()).containsEntry("in_doubt", 0);
    }

    @Test
    void badRequestsSettleNothing() {
        this.forgetful.losing(() -> this.notes.write("plan", "new"));
        String run = newest(ReceiptKind.DECIDED).runId().toString();
        for (String body : List.of(
                "{\"operation\":\"reconcile\"}",
                "{\"operation\":\"reconcile\",\"outcome\":\"maybe\",\"reason\":\"r\"}",
                "{\"operation\":\"reconcile\",\"outcome\":\"completed\"}",
                "{\"operation\":\"reconcile\",\"outcome\":\"completed\",\"reason\":\"" + "r".repeat(2001) + "\"}",
                "{\"operation\":\"reconcile\",\"outcome\":\"probe\",\"force\":true}",
                "{\"operation\":\"reconcile\",\"outcome\":\"probe\",\"action_id\":\"x\"}",
                "{\"operation\":\"reconcile\",\"outcome\":\"probe\",\"action_id\":\"" + run + "\"}",
                "{\"operation\":\"reconcile\",\"outcome\":\"probe\",\"only\":\"1\"}",
                "{\"operation\":\"reconcile\",\"outcome\":\"probe\",\"actionId\":\"1\"}",
                "{\"operation\":\"rollback\",\"outcome\":\"probe\"}")) {
            assertThat(post("/receipts/" + run, body).status()).as(body).isEqualTo(400);
        }
        assertThat(post("/receipts/01890a5d-ac96-774b-bcce-b302099a8057", NOT_DONE)
                        .status())
                .isEqualTo(404);
        assertThat(get("/receipts/01890a5d-ac96-774b-bcce-b302099a8057/in-doubt")
                        .status())
                .isEqualTo(404);
        assertThat(details()).containsEntry("in_doubt", 1);
    }

    @Test
    void whatWasSentIsNotSentBack() {
        this.forgetful.losing(() -> this.notes.write("plan", "new"));
        String run = newest(ReceiptKind.DECIDED).runId().toString();
        for (String id : List.of("<script>", "1-1-1-1-1", "9".repeat(100_000))) {
            Answer answer = post(
                    "/receipts/" + run,
                    "{\"operation\":\"reconcile\",\"outcome\":\"probe\",\"action_id\":\"" + id + "\"}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json())
                    .containsEntry("detail", "'action_id' is the id of an action, as 'in-doubt' shows it");
        }
    }

    @Test
    void oneActionOfARunIsSettledByItsId() {
        this.forgetful.losing(() -> this.notes.write("plan", "new"));
        Receipt decision = newest(ReceiptKind.DECIDED);

        Answer settled = post(
                "/receipts/" + decision.runId(),
                "{\"operation\":\"reconcile\",\"outcome\":\"dismissed\",\"reason\":\"a trial\",\"action_id\":\""
                        + decision.actionId() + "\"}");

        assertThat(settled.json()).containsEntry("result", "RECONCILED");
        assertThat(newest(ReceiptKind.RECONCILED).fields()).containsEntry("outcome", "UNKNOWN");
    }

    private Map<String, Object> details() {
        return get("/health").map("components").entrySet().stream()
                .filter(component -> component.getKey().equals("enact"))
                .map(component -> (Map<?, ?>) component.getValue())
                .map(component -> (Map<?, ?>) component.get("details"))
                .findFirst()
                .map(InDoubtEndpointTests::typed)
                .orElseThrow();
    }

    @SuppressWarnings("unchecked") // the keys of JSON are text
    private static Map<String, Object> typed(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private int entries(String run) {
        return get("/receipts/" + run).list("entries").size();
    }

    private Receipt newest(ReceiptKind kind) {
        return this.store.query(ReceiptFilter.ofKind(kind), null, 1).receipts().get(0);
    }

    private RestTestClient client() {
        return RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + this.port + "/actuator")
                .build();
    }

    private Answer get(String path) {
        return answer(client().get().uri(URI.create("http://localhost:" + this.port + "/actuator" + path)));
    }

    private Answer post(String path, String body) {
        return answer(client().post()
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

        Map<String, Object> map(String name) {
            return typed((Map<?, ?>) json().get(name));
        }

        @SuppressWarnings("unchecked")
        List<Map<String, Object>> list(String name) {
            return (List<Map<String, Object>>) json().get(name);
        }
    }
}
