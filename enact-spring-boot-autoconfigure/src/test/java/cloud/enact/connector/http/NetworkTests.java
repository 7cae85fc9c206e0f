package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.RecordingSteps;
import cloud.enact.doubles.http.JsonApi;
import cloud.enact.doubles.http.Mishap;
import cloud.enact.policy.PolicyFile;
import cloud.enact.undo.BlobStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go, and where they never go. */
class NetworkTests {

    private static final String TOKEN = "tok-0123456789";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, PUBLIC",
        "8.8.8.8, PUBLIC",
        "172.15.0.1, PUBLIC",
        "172.32.0.1, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.128.0.0, PUBLIC",
        "2606:2800:220:1::1, PUBLIC",
        "2001:4860:4860::8888, PUBLIC",
        "64:ff9b::808:808, PUBLIC",
        "127.0.0.1, PRIVATE",
        "127.255.255.255, PRIVATE",
        "10.0.0.1, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "::1, PRIVATE",
        "fc00::1, PRIVATE",
        "fd12:3456::1, PRIVATE",
        "0.0.0.0, NEVER",
        "0.1.2.3, NEVER",
        "169.254.169.254, NEVER",
        "169.254.0.1, NEVER",
        "100.100.100.200, NEVER",
        "192.0.0.192, NEVER",
        "192.0.2.1, NEVER",
        "198.18.0.1, NEVER",
        "198.51.100.1, NEVER",
        "203.0.113.1, NEVER",
        "224.0.0.1, NEVER",
        "240.0.0.1, NEVER",
        "255.255.255.255, NEVER",
        "::, NEVER",
        "fe80::1, NEVER",
        "fec0::1, NEVER",
        "ff02::1, NEVER",
        "fd00:ec2::254, NEVER",
        "64:ff9b::a9fe:a9fe, NEVER",
        "64:ff9b::7f00:1, NEVER",
        "64:ff9b:1::1, NEVER",
        "::7f00:1, NEVER",
        "2002:7f00:1::, NEVER",
        "2001:0:1::, NEVER",
        "2001:db8::1, NEVER",
        "100::1, NEVER",
    })
    void everyAddressIsPublicPrivateOrNoneOfAnApi(String address, Network.Kind kind) throws IOException {
        assertThat(Network.kind(InetAddress.getByName(address).getAddress())).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"7f000001, PRIVATE", "a9fea9fe, NEVER", "08080808, PUBLIC", "0a000001, PRIVATE", "00000000, NEVER"})
    void anAddressInsideAnIpv6AddressIsThatAddress(String hex, Network.Kind kind) {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xFF;
        mapped[11] = (byte) 0xFF;
        for (int i = 0; i < 4; i++) {
            mapped[12 + i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }

        assertThat(Network.kind(mapped)).isEqualTo(kind);
    }

    @Test
    void aHostIsRefusedWhenOnlyOneOfItsAddressesIs() {
        assertThatCode(() -> network(false, "8.8.8.8", "2606:2800:220:1::1").require("api.example.com"))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> network(false, "8.8.8.8", "10.0.0.1").require("api.example.com"))
                .withMessageContaining("allow-private");
        assertThatCode(() -> network(true, "8.8.8.8", "10.0.0.1").require("api.example.com"))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> network(true, "8.8.8.8", "169.254.169.254").require("api.example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost:1/",
                "https://127.1:1/",
                "https://2130706433:1/",
                "https://[::1]:1/",
                "https://[::ffff:127.0.0.1]:1/",
                "https://[::ffff:a9fe:a9fe]:1/",
                "https://169.254.169.254/",
                "https://0.0.0.0:1/",
            })
    void noNotationOfAnAddressLeadsPastTheCheck(String url) throws IOException {
        assertThatThrownBy(() ->
                        builder("").baseUrl(URI.create(url)).build(steps()).perform("get", Map.of()))
                .isInstanceOfAny(ConnectorException.class, IllegalArgumentException.class)
                .hasMessageMatching(".*(no request is sent|is not known|and a host).*");
    }

    @Test
    void theHostIsLookedUpBeforeEveryRequest() throws IOException {
        try (JsonApi api = new JsonApi(TOKEN)) {
            String[] leadsTo = {"8.8.8.8", "169.254.169.254"};
            int[] asked = {0};
            HttpConnector connector = builder("")
                    .baseUrl(api.url())
                    .allowPrivate(true)
                    .names(host -> addresses(leadsTo[asked[0]++]))
                    .build(steps());

            connector.perform("get", Map.of());

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> connector.perform("get", Map.of()))
                    .withMessageContaining("no request is sent");
            assertThat(api.requests()).hasSize(1);
        }
    }

    @Test
    void nothingIsSentInTheClear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("")
                        .baseUrl(URI.create("http://api.example.com"))
                        .build(steps()))
                .withMessageContaining("allow-http");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder("").baseUrl(URI.create("http://127.0.0.1:1")).build(steps()));
        assertThatCode(() -> builder("")
                        .allowHttp(true)
                        .baseUrl(URI.create("http://api.example.com"))
                        .build(steps()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret@api.example.com",
                "https://api.example.com?a=b",
                "https://api.example.com/#a",
                "https://api.example.com/a/../b",
                "https://api.example.com/%2e%2e",
                "file:///etc/passwd",
                "https:///nothing",
            })
    void aBaseUrlIsAHostAndAPath(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("").baseUrl(URI.create(url)).build(steps()))
                .withMessageStartingWith("Its base URL")
                .withMessageNotContaining("secret");
    }

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

    private static Network network(boolean allowPrivate, String... addresses) {
        return new Network(allowPrivate, host -> addresses(addresses));
    }

    private static InetAddress[] addresses(String... addresses) {
        return Arrays.stream(addresses)
                .map(address -> {
                    try {
                        return InetAddress.getByName(address);
                    } catch (IOException ex) {
                        throw new IllegalArgumentException(ex);
                    }
                })
                .toArray(InetAddress[]::new);
    }
}
