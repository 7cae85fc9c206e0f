package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.github.GitHubException.Kind;
import cloud.enact.doubles.Loopback;
import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Answers of a server that means harm. */
class GitHubTransportTests {

    private static final int LIMIT = 1000;

    private HttpServer server;

    private URI endpoint;

    @BeforeEach
    void start() {
        this.server = Loopback.bind();
        this.server.start();
        this.endpoint =
                URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        this.server.stop(0);
    }

    private void serves(int status, byte[] body, String... header) {
        this.server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (header.length > 0) {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private GitHubTransport transport() {
        return new GitHubTransport(
                HttpClient.newHttpClient(),
                this.endpoint,
                Duration.ofSeconds(20),
                LIMIT,
                new Refusals(JsonMapper.builder().build(), "t0ken", Clock.systemUTC()));
    }

    private void get(String path) {
        transport().exchange(HttpRequest.newBuilder(URI.create(this.endpoint + path)), false);
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() {
        serves(200, new byte[LIMIT + 1]);

        assertThatThrownBy(() -> get("/")).hasMessageContaining("more than can be read");
        assertThatThrownBy(() -> transport().exchange(HttpRequest.newBuilder(this.endpoint), true))
                .isInstanceOfSatisfying(
                        GitHubException.class, ex -> assertThat(ex.isInDoubt()).isTrue());
    }

    @Test
    void anAnswerThatIsCompressedIsNotRead() {
        serves(200, new byte[10], "Content-Encoding", "gzip");

        assertThatThrownBy(() -> get("/")).isInstanceOf(GitHubException.class);
    }

    @Test
    void theTokenGoesToTheEndpointOnly() {
        for (String other : new String[] {
            "http://example.com/", "https://127.0.0.1/", "http://127.0.0.1:1/", "http://user@127.0.0.1:" + port() + "/"
        }) {
            assertThatThrownBy(() -> transport().exchange(HttpRequest.newBuilder(URI.create(other)), false))
                    .isInstanceOfSatisfying(
                            GitHubException.class, ex -> assertThat(ex.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessageContaining("outside of its endpoint");
        }
    }

    private int port() {
        return this.server.getAddress().getPort();
    }

    @Test
    void wordsOfTheServerAreShortOnOneLineAndWithoutTheToken() {
        String words = "a\\nb\\u001b[2J t0ken " + "x".repeat(600);
        serves(422, ("{\"message\":\"" + words + "\"}").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> get("/"))
                .hasMessageStartingWith("GitHub said 422: a b [2J *** x")
                .hasMessageNotContainingAny("t0ken", "\n", "\u001b")
                .satisfies(ex -> assertThat(ex.getMessage()).hasSizeLessThan(450));
    }

    @Test
    void thePageOfAProxySaysNothing() {
        serves(503, "<html>secrets of the proxy</html>".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> get("/")).hasMessage("GitHub said 503");
    }

    @Test
    void whatIsNoJsonIsNoAnswer() {
        serves(200, "hello".getBytes(StandardCharsets.UTF_8));
        GitHubClient client = new GitHubClient(new GitHubEndpoint(this.endpoint), "t0ken", GitHubLimits.defaults());

        assertThatThrownBy(() -> client.get("/repos/acme/shop")).hasMessageContaining("can't be read");
        assertThatThrownBy(() -> client.graphql("mutation", Map.of(), true)).hasMessageContaining("may have happened");
        assertThat(client.toString()).doesNotContain("t0ken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://github.example.com/api/v3",
                "ftp://github.example.com",
                "https://user:secret@github.example.com",
                "https://github.example.com?x=1",
                "https://github.example.com#x",
                "github.example.com",
                "https:///x"
            })
    void anEndpointThatIsNoneOrGivesTheTokenAwayIsRefused(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GitHubConnector.at(URI.create(endpoint), "t0ken"))
                .withMessageNotContaining("secret");
    }

    @Test
    void theGraphQlApiIsBesideTheRestApi() {
        assertThat(new GitHubEndpoint(URI.create("https://api.github.com")).graphql())
                .hasToString("https://api.github.com/graphql");
        assertThat(new GitHubEndpoint(URI.create("https://github.example.com/api/v3/")).graphql())
                .hasToString("https://github.example.com/api/graphql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "tökén"})
    void whatCanBeNoTokenIsRefused(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> GitHubConnector.at(this.endpoint, token));
    }
}
