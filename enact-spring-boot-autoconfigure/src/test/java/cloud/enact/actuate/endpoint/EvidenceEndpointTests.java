package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ExportVerifier;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.export.ReceiptExport;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.Resource;

/** The endpoint over HTTP, in an application without Spring Security. */
@SpringBootTest(
        classes = NotesApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                    + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-evidence-tests",
            "enact.signing.secret=" + EvidenceEndpointTests.SECRET,
            "management.endpoints.web.exposure.include=evidence"
        })
class EvidenceEndpointTests {

    static final String SECRET = "a-secret-for-tests-that-is-long-enough";

    private final NotesApplication.Notes notes;

    private final ReceiptStore store;

    private final HttpClient http = HttpClient.newHttpClient();

    private final int port;

    EvidenceEndpointTests(
            @Autowired NotesApplication.Notes notes, @Autowired ReceiptStore store, @LocalServerPort int port) {
        this.notes = notes;
        this.store = store;
        this.port = port;
    }

    @BeforeEach
    void aNoteIsWritten() {
        this.notes.restore("plan", null);
        this.notes.write("plan", "the agent's plan");
    }

    private HttpResponse<String> get(String query, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/actuator/evidence" + query));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    @Test
    void whatComesOverHttpVerifies() throws Exception {
        HttpResponse<String> answer = get("");
        ExportVerifier verifier = new ExportVerifier(ReceiptKeys.of(ReceiptSigner.hs256(SECRET)), true);

        answer.body().lines().forEach(line -> verifier.add(line.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
        assertThat(verifier.result().valid()).isTrue();
        assertThat(verifier.result().checked())
                .isGreaterThanOrEqualTo(this.store
                        .query(ReceiptFilter.all(), null, 2)
                        .receipts()
                        .size());
    }

    @ParameterizedTest
    @CsvSource({
        "ndjson,      application/x-ndjson, '{\"action\":'",
        "csv,         text/csv,             '\"log\",'",
        "ocsf,        application/x-ndjson, '{\"category_uid\":6,'",
        "cloudevents, application/x-ndjson, '{\"specversion\":\"1.0\",'",
        "otlp,        application/x-ndjson, '{\"resourceLogs\":'",
    })
    void everyFormatHasItsType(String format, String type, String start) throws Exception {
        HttpResponse<String> answer = get("?format=" + format, "Accept", type);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(answer.body()).startsWith(start);
    }

    @Test
    void filtersAreThoseOfTheList() throws Exception {
        assertThat(get("?decision=ASK").body()).isEmpty();
        assertThat(get("?kind=COMPLETED").body().lines())
                .isNotEmpty()
                .allMatch(line -> line.contains("\"kind\":\"COMPLETED\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?format=xml", "?kind=EVERYTHING", "?run=42", "?since=yesterday", "?actro=nobody", "?text=plan"})
    void aWrongRequestIsAnsweredWithASentence(String query) throws Exception {
        HttpResponse<String> answer = get(query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"detail\":").doesNotContain("Exception", "EVERYTHING", "yesterday");
    }

    @Test
    void aPartOfAnAnswerCanNotBeAskedFor() throws Exception {
        assertThat(get("", "Range", "bytes=0-10").statusCode()).isEqualTo(200);
    }

    @Test
    void noMoreThanTwoAreMadeAtATime() throws Exception {
        EvidenceEndpoint endpoint = new EvidenceEndpoint(new ReceiptExport(this.store));
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            open.add(((Resource) ask(endpoint).getBody()).getInputStream());
        }

        assertThat(ask(endpoint).getStatus()).isEqualTo(503);
        open.get(0).close();
        open.get(0).close();
        assertThat(ask(endpoint).getStatus()).isEqualTo(200);
        open.add(((Resource) ask(endpoint).getBody()).getInputStream());
        assertThat(ask(endpoint).getStatus()).isEqualTo(503);
    }

    private static WebEndpointResponse<Object> ask(EvidenceEndpoint endpoint) {
        return endpoint.export(null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
