package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What an application gets that opened nothing. */
class ClosedReceiptsEndpointTests {

    private static final String RUN = "/receipts/01890a5d-ac96-774b-bcce-b302099a8057";

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext application(String... properties) {
        return new SpringApplicationBuilder(NotesApplication.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                                + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                                + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.folder,
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough")
                .properties(properties)
                .run();
    }

    private static RestTestClient.ResponseSpec rollback(ConfigurableApplicationContext application) {
        return client(application)
                .post()
                .uri(RUN)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"operation\":\"rollback\"}")
                .exchange();
    }

    private static RestTestClient client(ConfigurableApplicationContext application) {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port + "/actuator")
                .build();
    }

    @Test
    void anEndpointThatIsNotExposedIsNotThere() {
        try (ConfigurableApplicationContext application = application()) {
            client(application).get().uri("/receipts").exchange().expectStatus().isNotFound();
            assertThat(application.getBeanProvider(ReceiptsEndpoint.class).getIfAvailable())
                    .isNull();
        }
    }

    @Test
    void anExposedEndpointIsReadOnlyUnlessItIsOpened() {
        try (ConfigurableApplicationContext application =
                application("management.endpoints.web.exposure.include=receipts", "enact.rollback.enabled=true")) {
            client(application).get().uri("/receipts").exchange().expectStatus().isOk();
            rollback(application).expectStatus().isEqualTo(405);
        }
    }

    @Test
    void anOpenEndpointRollsBackOnlyWhereRollbackIsEnabled() {
        try (ConfigurableApplicationContext application = application(
                "management.endpoints.web.exposure.include=receipts",
                "management.endpoint.receipts.access=unrestricted")) {
            String body = rollback(application)
                    .expectStatus()
                    .isForbidden()
                    .returnResult(String.class)
                    .getResponseBody();

            assertThat(body).contains("enact.rollback.enabled=true");
            client(application)
                    .get()
                    .uri(RUN + "/rollback")
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
    }
}
