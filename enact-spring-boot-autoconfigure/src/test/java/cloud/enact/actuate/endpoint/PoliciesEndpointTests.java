package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.PolicySet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The endpoint over HTTP, open for replays, in an application without Spring Security. */
@SpringBootTest(
        classes = NotesApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-policies-endpoint-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "management.endpoint.policies.access=unrestricted",
            "management.endpoints.web.exposure.include=policies"
        })
class PoliciesEndpointTests {

    private static final ParameterizedTypeReference<Map<String, @Nullable Object>> JSON =
            new ParameterizedTypeReference<>() {};

    private final PolicySet policies;

    private final NotesApplication.Notes notes;

    private final RestTestClient client;

    PoliciesEndpointTests(
            @Autowired PolicySet policies, @Autowired NotesApplication.Notes notes, @LocalServerPort int port) {
        this.policies = policies;
        this.notes = notes;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port + "/actuator/policies")
                .build();
    }

    @Test
    void thePolicySetIsTold() {
        Map<String, @Nullable Object> status =
                this.client.get().exchange().returnResult(JSON).getResponseBody();

        assertThat(status)
                .containsEntry("policy_set", this.policies.policySet())
                .containsEntry("failures", Map.of())
                .containsEntry("problem", null);
    }

    @Test
    void aProposedFileIsReplayed() {
        this.notes.write("plan", "secret plan");

        Map<String, @Nullable Object> report = post(
                200,
                "{\"operation\":\"replay\",\"since\":\"1d\",\"limit\":\"50\",\"text\":"
                        + "\"policies:\\n- name: no-notes\\n  block: action.system == 'notes'\\n  reason: No.\\n\"}");

        assertThat(report).containsEntry("new_passes", 0).containsEntry("complete", true);
        assertThat(String.valueOf(report.get("policies"))).contains("no-notes");
        assertThat(post(200, "{\"operation\":\"replay\"}")).containsEntry("new_blocks", 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                                     | 'operation' must be replay",
                "{'operation':'install'}                                | 'operation' must be replay",
                "{'operation':'replay','since':'soon'}                  | 'since' is a time",
                "{'operation':'replay','limit':'0'}                     | 'limit' is a number",
                "{'operation':'replay','limit':'-1'}                    | 'limit' is a number",
                "{'operation':'replay','text':'policies: [{policy: x}]'} | there is no policy 'x'"
            })
    void whatCannotBeMeantIsRefused(String body, String detail) {
        assertThat(String.valueOf(post(400, body.replace('\'', '"')).get("detail")))
                .contains(detail);
    }

    private Map<String, @Nullable Object> post(int status, String body) {
        var result = this.client
                .post()
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .returnResult(JSON);
        assertThat(result.getStatus().value()).isEqualTo(status);
        Map<String, @Nullable Object> json = result.getResponseBody();
        assertThat(json).isNotNull();
        return json;
    }
}
