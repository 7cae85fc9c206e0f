package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import cloud.enact.gate.ActionBlockedException;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The switch over HTTP, in an application without Spring Security. */
@SpringBootTest(
        classes = NotesApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-freeze-endpoint-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.policies[0].policy=time.code-freeze-active",
            "management.endpoint.freeze.access=unrestricted",
            "management.endpoints.web.exposure.include=freeze"
        })
class FreezeEndpointTests {

    private static final ParameterizedTypeReference<Map<String, @Nullable Object>> JSON =
            new ParameterizedTypeReference<>() {};

    private final NotesApplication.Notes notes;

    private final ReceiptStore store;

    private final RestTestClient client;

    FreezeEndpointTests(
            @Autowired NotesApplication.Notes notes, @Autowired ReceiptStore store, @LocalServerPort int port) {
        this.notes = notes;
        this.store = store;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port + "/actuator/freeze")
                .build();
    }

    @Test
    void changesAreBlockedUntilTheFreezeIsLifted() {
        assertThat(state()).containsEntry("frozen", false);

        post(200, "{\"frozen\":true,\"reason\":\"release day\"}");
        assertThat(state()).containsEntry("frozen", true);
        assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(() -> this.notes.write("plan", "x"));

        post(200, "{\"frozen\":false}");
        assertThatNoException().isThrownBy(() -> this.notes.write("plan", "x"));
        Receipt newest = this.store
                .query(
                        ReceiptFilter.builder()
                                .kind(ReceiptKind.CONFIG)
                                .action("enact.freeze")
                                .build(),
                        null,
                        10)
                .receipts()
                .get(1);
        assertThat(newest.actor()).isEqualTo("anonymous");
        assertThat(newest.fields().get("payload")).isEqualTo(Map.of("frozen", true, "reason", "release day"));
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        post(400, "{}");
        post(400, "{\"frozen\":\"perhaps\"}");
        post(400, "{\"frozen\":true,\"reason\":\"" + "x".repeat(501) + "\"}");
        assertThat(state()).containsEntry("frozen", false);
    }

    private Map<String, @Nullable Object> state() {
        return this.client.get().exchange().returnResult(JSON).getResponseBody();
    }

    private void post(int status, String body) {
        this.client
                .post()
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }
}
