package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The endpoint behind Spring Security: whoever is authenticated asks, whatever the body says. */
@SpringBootTest(
        classes = NotesApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-endpoint-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.rollback.enabled=true",
            "spring.security.user.name=admin@example.org",
            "spring.security.user.password=correct horse",
            "management.endpoint.receipts.access=unrestricted",
            "management.endpoints.web.exposure.include=receipts"
        })
@Import(SecuredReceiptsEndpointTests.Chain.class)
class SecuredReceiptsEndpointTests {

    private final NotesApplication.Notes notes;

    private final ReceiptStore store;

    private final RestTestClient client;

    SecuredReceiptsEndpointTests(
            @Autowired NotesApplication.Notes notes, @Autowired ReceiptStore store, @LocalServerPort int port) {
        this.notes = notes;
        this.store = store;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port + "/actuator")
                .build();
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Chain {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }
    }

    private String writeANote() {
        this.notes.restore("plan", null);
        this.notes.write("plan", "the agent's plan");
        return newest(ReceiptKind.COMPLETED).runId().toString();
    }

    private Receipt newest(ReceiptKind kind) {
        return this.store.query(ReceiptFilter.ofKind(kind), null, 1).receipts().get(0);
    }

    @Test
    void theAuthenticatedPrincipalIsTheRequesterAndTheBodyOnlyClaims() {
        String run = writeANote();

        this.client
                .post()
                .uri("/receipts/" + run)
                .headers(headers -> headers.setBasicAuth("admin@example.org", "correct horse"))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"operation\":\"rollback\",\"actor\":\"chef@example.org\",\"reason\":\"a bad plan\"}")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(this.notes.read("plan")).isNull();
        Receipt receipt = newest(ReceiptKind.ROLLED_BACK);
        assertThat(receipt.actor()).isEqualTo("admin@example.org");
        assertThat(receipt.fields())
                .containsEntry("actor", Map.of("id", "admin@example.org", "roles", List.of(), "source", "actuator"))
                .containsEntry("payload", Map.of("claimed_actor", "chef@example.org", "reason", "a bad plan"));
    }

    @Test
    void withoutAuthenticationNothingIsDone() {
        String run = writeANote();

        this.client
                .post()
                .uri("/receipts/" + run)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"operation\":\"rollback\",\"actor\":\"admin@example.org\"}")
                .exchange()
                .expectStatus()
                .isUnauthorized();

        assertThat(this.notes.read("plan")).isEqualTo("the agent's plan");
    }
}
