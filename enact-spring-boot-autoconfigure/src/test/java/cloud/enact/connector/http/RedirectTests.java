package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.RecordingSteps;
import cloud.enact.doubles.http.JsonApi;
import cloud.enact.doubles.http.Mishap;
import cloud.enact.policy.PolicyFile;
import cloud.enact.undo.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a redirect may lead: below the base URL, and only a read. */
class RedirectTests {

    private static final String TOKEN = "tok-0123456789";

    @TempDir
    private Path directory;

    @Test
    void noRedirectIsFollowedUnlessItIsDeclared() throws IOException {
        try (JsonApi api = new JsonApi(TOKEN)) {
            api.next(redirect("/things/2"));

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> at(api, "").perform("get", Map.of()))
                    .withMessage("GET /things was answered with 302, a redirect, which is not followed");
        }
    }

    @Test
    void aReadFollowsThreeRedirectsOnTheSameServer() throws IOException {
        try (JsonApi api = new JsonApi(TOKEN)) {
            HttpConnector connector = at(api, "follow-redirects: true\n");
            api.next(redirect("/a"), redirect("/b?c=d"), redirect(api.url() + "/things"));
            connector.perform("get", Map.of());
            assertThat(api.requests())
                    .extracting(JsonApi.Request::target)
                    .containsExactly("/things", "/a", "/b?c=d", "/things");

            api.next(redirect("/a"), redirect("/a"), redirect("/a"), redirect("/a"));
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> connector.perform("get", Map.of()))
                    .withMessageContaining("more than 3 redirects");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "http://127.0.0.1:1/",
                "//evil.example/things",
                "http://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "http://a b/",
            })
    void noRedirectToAnotherServerIsFollowed(String location) throws IOException {
        try (JsonApi api = new JsonApi(TOKEN)) {
            api.next(redirect(location));

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> at(api, "follow-redirects: true\n").perform("get", Map.of()))
                    .withMessageContaining("redirect to");
            assertThat(api.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/v2/../admin", "/v2/%2e%2e/admin", "/v2x/things", "../admin", "/v2/..%2fadmin"})
    void noRedirectLeadsAboveTheBaseUrl(String location) throws IOException {
        try (JsonApi api = new JsonApi(TOKEN)) {
            HttpConnector connector = builder("follow-redirects: true\n")
                    .baseUrl(api.url().resolve("/v2"))
                    .allowPrivate(true)
                    .build(steps());
            api.next(redirect(location));

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> connector.perform("get", Map.of()))
                    .withMessageContaining("redirect to");
            assertThat(api.requests()).hasSize(1);

            api.next(redirect("/v2/others"), new Mishap.Answered(200, Map.of(), "{}"));
            connector.perform("get", Map.of());
        }
    }

    @Test
    void aChangeNeverFollowsARedirect() throws IOException {
        try (JsonApi api = new JsonApi(TOKEN)) {
            api.next(redirect("/things"));

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> at(api, "follow-redirects: true\n").perform("make", Map.of()))
                    .withMessageContaining("a redirect, which is not followed");
            assertThat(api.requests()).hasSize(1);
        }
    }

    private static Mishap redirect(String location) {
        return new Mishap.Answered(302, Map.of("Location", location), "");
    }

    private HttpConnector at(JsonApi api, String more) throws IOException {
        return builder(more).baseUrl(api.url()).allowPrivate(true).build(steps());
    }

    private static HttpConnectorBuilder builder(String more) {
        String yaml = more + "auth: {bearer: " + TOKEN + "}\noperations:\n  get: {request: GET /things}\n"
                + "  make: {request: POST /things}\n";
        return HttpConnector.api(HttpApi.read(new PolicyFile("x.yaml", yaml), name -> null))
                .operations(Set.of("get", "make"));
    }

    private RecordingSteps steps() throws IOException {
        return new RecordingSteps(BlobStore.inDirectory(this.directory));
    }
}
