package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.encryption.KeyRing;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Erasing a subject over HTTP, in an application without Spring Security. */
@SpringBootTest(
        classes = NotesApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "enact.receipts.store=memory",
            "enact.receipts.encryption.enabled=true",
            "enact.receipts.encryption.key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "enact.undo.directory=${java.io.tmpdir}/enact-encryption-endpoint-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "management.endpoint.encryption.access=unrestricted",
            "management.endpoints.web.exposure.include=encryption,receipts"
        })
class EncryptionEndpointTests {

    private static final ParameterizedTypeReference<Map<String, @Nullable Object>> JSON =
            new ParameterizedTypeReference<>() {};

    private final KeyRing keys;

    private final RestTestClient client;

    EncryptionEndpointTests(@Autowired KeyRing keys, @LocalServerPort int port) {
        this.keys = keys;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port + "/actuator")
                .build();
    }

    private @Nullable Map<String, @Nullable Object> post(int status, Map<String, Object> body) {
        return this.client
                .post()
                .uri("/encryption")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(JSON)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void aMistypedRequestErasesNothing() {
        this.keys.of("carla@example.org");

        assertThat(post(400, Map.of("operation", "erase", "subject", "carla@example.org", "resaon", "request 17")))
                .containsKey("detail");
        assertThat(this.keys.of("carla@example.org")).isNotNull();
    }

    @Test
    void aSubjectIsErasedBySomebodyForAReason() {
        String kid = this.keys.of("maria").kid();

        assertThat(post(200, Map.of("operation", "erase", "subject", "maria", "reason", "request 17")))
                .isEqualTo(Map.of("erased", kid));

        assertThat(this.keys.kidOf("maria")).isEmpty();
        assertThat(this.client
                        .get()
                        .uri("/receipts?kind=KEY")
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .contains(kid, "request 17", "SUCCEEDED")
                .doesNotContain("maria");
        assertThat(post(404, Map.of("operation", "erase", "subject", "maria"))).containsEntry("status", 404);
        assertThat(post(200, Map.of("operation", "erase", "kid", kid))).containsEntry("erased", kid);
    }

    @Test
    void whatIsNotUnderstoodErasesNothing() {
        String kid = this.keys.of("otto").kid();

        post(400, Map.of("operation", "burn", "subject", "otto"));
        post(400, Map.of("operation", "erase"));
        post(400, Map.of("operation", "erase", "subject", "otto", "kid", kid));
        post(400, Map.of("operation", "erase", "subject", " "));
        post(400, Map.of("operation", "erase", "subject", "otto", "reason", "x".repeat(501)));
        post(400, Map.of("operation", "erase", "kid", "enact.blobs"));
        post(400, Map.of("operation", "erase", "kid", "not a key\n"));
        post(404, Map.of("operation", "erase", "kid", "kUnknown"));

        assertThat(this.keys.kidOf("otto")).contains(kid);
    }

    @Test
    void keysAreWrappedAnewOnRequest() {
        assertThat(post(200, Map.of("operation", "rewrap"))).containsEntry("rewrapped", 0);
        this.client.get().uri("/encryption").exchange().expectBody(JSON).isEqualTo(Map.of("enabled", true));
    }
}
