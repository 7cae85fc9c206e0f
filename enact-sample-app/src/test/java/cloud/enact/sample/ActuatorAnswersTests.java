package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What the actuator answers that leaves the application as it was: one is enough for all of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActuatorAnswersTests {

    private static final String ROLLBACK =
            "{\"operation\":\"rollback\",\"actor\":\"you@shop.example\",\"reason\":\"trying it out\"}";

    private final Curl curl = new Curl();

    private ConfigurableApplicationContext context;

    private String receipts;

    @BeforeAll
    void start(@TempDir Path data) {
        this.context = SampleStart.in(data);
        this.receipts = "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port")
                + "/actuator/receipts";
    }

    @AfterAll
    void stop() {
        this.context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-an-id", "..%2F..%2Fetc%2Fpasswd", "01890a5d-ac96-474b-bcce-b302099a8057"})
    void aWrongIdIsRefusedWithoutAStackTrace(String id) throws Exception {
        for (HttpResponse<String> response :
                List.of(this.curl.get(this.receipts + "/" + id), this.curl.post(this.receipts + "/" + id, ROLLBACK))) {
            assertThat(response.statusCode()).isBetween(400, 404);
            assertThat(response.body()).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void aRunThatIsNotOnRecordIsNotFound() throws Exception {
        String unknown = this.receipts + "/01890a5d-ac96-774b-bcce-b302099a8057";

        assertThat(this.curl.get(unknown).statusCode()).isEqualTo(404);
        assertThat(this.curl.post(unknown, ROLLBACK).statusCode()).isEqualTo(404);
    }

    @Test
    void anotherOperationIsRefused() throws Exception {
        String unknown = this.receipts + "/01890a5d-ac96-774b-bcce-b302099a8057";

        assertThat(this.curl.post(unknown, "{\"operation\":\"erase\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void healthAndInfoTellAboutEnact() throws Exception {
        String actuator = this.receipts.replace("/receipts", "");

        JsonNode health = this.curl.json(actuator + "/health");
        JsonNode info = this.curl.json(actuator + "/info");

        assertThat(health.get("status").asString()).isEqualTo("UP");
        assertThat(health.get("components").get("enact").get("status").asString())
                .isEqualTo("UP");
        assertThat(info.get("enact").isObject()).isTrue();
    }
}
