package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.connector.ConnectorException;
import cloud.enact.doubles.http.JsonApi;
import cloud.enact.doubles.http.Mishap;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What declared operations send, and what becomes of the answers. */
class HttpConnectorTests {

    @TempDir
    private Path directory;

    private Bookings bookings;

    private HttpConnector connector;

    @BeforeEach
    void start() throws Exception {
        this.bookings = new Bookings(this.directory);
        this.connector = this.bookings.connector();
    }

    @AfterEach
    void stop() {
        this.bookings.close();
    }

    @Test
    void valuesKeepTheirTypesAndArgumentsThatAreNotGivenAreLeftOut() {
        perform("book_room", Map.of("room", "Red \"7\"", "title", "A/B & Ü"));
        perform("change_booking", Map.of("id", "7", "seats", 9));

        assertThat(this.bookings.api.get("bookings", "101"))
                .contains("\"room\":\"Red \\\"7\\\"\"", "\"title\":\"A/B & Ü\"", "\"seats\":4");
        assertThat(this.bookings.api.requests())
                .filteredOn(request -> request.method().equals("PATCH"))
                .extracting(JsonApi.Request::body)
                .containsExactly("{\"seats\":9}");
    }

    @Test
    void theResultIsWhatTheDeclarationTakesFromTheAnswer() {
        StepResult result = perform("book_room", Map.of("room", "Red", "title", "Retro"));

        assertThat(result.output()).containsExactly(Map.entry("id", "101"));
        assertThat(perform("get_booking", Map.of("id", "101")).output()).containsEntry("title", "Retro");
    }

    @Test
    void whatIsReadIsNotKept() throws Exception {
        this.bookings.api.put("bookings", "8", "{\"title\":\"" + "long ".repeat(1000) + "\"}");
        var step = this.connector.prepare("get_booking", Map.of("id", "8"));

        assertThat(step.recorded(step.apply(null)))
                .containsEntry("title", "5000 characters")
                .containsEntry("all", "2 members");
    }

    @Test
    void theSecretIsSentAndNeverShown() throws Exception {
        var step = this.connector.prepare("get_booking", Map.of("id", "7"));
        step.apply(null);
        HttpConnector stranger = HttpConnector.api(HttpApi.read(
                        new cloud.enact.policy.PolicyFile(
                                "x.yaml",
                                "auth: {bearer: wrong-secret-1}\nerrors: [/error/code, /error/message]\n"
                                        + "operations: {get: {request: GET /bookings}}"),
                        name -> null))
                .baseUrl(this.bookings.api.url())
                .allowPrivate(true)
                .operations(Set.of("get"))
                .build(this.bookings.steps);

        assertThat(this.bookings.api.requests().get(0).headers())
                .containsEntry("authorization", "Bearer " + Bookings.TOKEN);
        assertThat(step.args().toString() + step + this.connector).doesNotContain(Bookings.TOKEN);
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> stranger.perform("get", Map.of()))
                .withMessage("GET /bookings was answered with 401 (unauthorized, Unknown token Bearer ***)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", ".", "a/b", "a\\b", "%2e%2e", "%2F", "a\u0000b", "a\r\nHost: evil", "", "x%252e%252e%252fy"
            })
    void aValueNeverLeadsThePathElsewhere(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare("get_booking", Map.of("id", id)))
                .withMessageContaining("{id}");
        assertThat(this.bookings.api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7?x=y", "7#x", "7;x", "7&x", "@evil.example", "..;", "7 8", "é", "{x}", "&lt;"})
    void anyOtherValueIsOneSegment(String id) {
        this.bookings.api.put("bookings", id, "{\"title\":\"Odd\"}");

        assertThat(perform("get_booking", Map.of("id", id)).output()).containsEntry("title", "Odd");
    }

    @Test
    void argumentsOfAnotherTypeOrSizeAreRefusedBeforeAnythingIsSent() {
        refused("change_booking", Map.of("id", "7", "seats", "9"), "'seats' must be an integer");
        refused("change_booking", Map.of("id", 7), "'id' must be a string");
        refused("change_booking", Map.of(), "'id' is missing");
        refused("book_room", Map.of("room", "Red", "title", "x".repeat(21)), "at most 20 characters");
        refused("book_room", Map.of("room", "Red", "title", "x", "price", 1), "and nothing else");
        assertThat(this.bookings.api.requests()).isEmpty();
    }

    @Test
    void whatIsDoneAlreadyIsNotDoneAgain() {
        StepResult changed = perform("change_booking", Map.of("id", "7", "title", "Review"));
        StepResult cancelled = perform("cancel_booking", Map.of("id", "no-such"));

        assertThat(changed.alreadyDone()).isEqualTo("changed");
        assertThat(cancelled.alreadyDone()).isEqualTo("cancelled");
        assertThat(this.bookings.api.requests())
                .extracting(JsonApi.Request::method)
                .containsOnly("GET");
    }

    @Test
    void aChangeOfSomethingThatIsNotThereIsRefusedWithTheVendorsCode() {
        failed(
                "change_booking",
                Map.of("id", "404"),
                "GET /bookings/{id} was answered with 404 (not_found, There is none)");
    }

    @Test
    void whatSomebodyChangesWhileTheStepWaitsIsNotOverwritten() {
        this.bookings.steps.meanwhile(
                () -> this.bookings.api.put("bookings", "7", "{\"title\":\"Urgent\",\"seats\":4}"));

        failed("change_booking", Map.of("id", "7", "title", "Retro"), "somebody changed it meanwhile");

        assertThat(this.bookings.api.get("bookings", "7")).contains("Urgent");
    }

    @Test
    void aRateLimitSaysHowLongToWait() {
        this.bookings.api.next(new Mishap.Answered(429, Map.of("Retry-After", "37"), ""));

        failed("book_once", Map.of("title", "a"), "429: too many requests, or too busy; try again after 37 seconds");
        assertThat(this.bookings.api.requests()).hasSize(1);
    }

    @Test
    void aReadIsTriedAgainAtOnceAndNotForEver() {
        this.bookings.api.next(new Mishap.Dropped(), new Mishap.Answered(503, Map.of(), ""));
        assertThat(perform("get_booking", Map.of("id", "7")).output()).containsEntry("title", "Review");

        Mishap busy = new Mishap.Answered(503, Map.of("Retry-After", "0"), "");
        this.bookings.api.forget();
        this.bookings.api.next(busy, busy, busy, busy);
        failed("get_booking", Map.of("id", "7"), "503");
        assertThat(this.bookings.api.requests()).hasSize(3);
    }

    @Test
    void aLargeAnswerIsRefusedWhereItIsNeededAndNoHindranceWhereItIsNot() {
        String large = "{\"title\":\"" + "x".repeat(200_000) + "\"}";
        this.bookings.api.next(new Mishap.Answered(200, Map.of(), large));
        failed("get_booking", Map.of("id", "7"), "larger answer than is read");

        this.bookings.api.next(new Mishap.Answered(201, Map.of(), large));
        assertThat(perform("remind", Map.of("id", "7", "text", "soon")).output())
                .isEmpty();
    }

    @Test
    void anAnswerThatIsNoJsonIsNoTitle() {
        this.bookings.api.next(new Mishap.Answered(200, Map.of(), "<html>Welcome</html>"));

        failed("get_booking", Map.of("id", "7"), "was not answered with JSON");
    }

    @Test
    void aRequestDoesNotWaitForEver() {
        CountDownLatch never = new CountDownLatch(1);
        this.bookings.api.next(new Mishap.Slow(never), new Mishap.Slow(never), new Mishap.Slow(never));
        HttpConnector hasty = this.bookings
                .builder()
                .limits(new HttpLimits(Duration.ofSeconds(1), Duration.ofMillis(200), 1000))
                .operations(Set.of("get_booking"))
                .build(this.bookings.steps);

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> hasty.perform("get_booking", Map.of("id", "7")))
                .withMessage("GET /bookings/{id} was not answered within 200 ms");
        never.countDown();
    }

    @Test
    void anAnswerThatTricklesIsNotReadForEver() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread trickling = new Thread(() -> trickle(server));
            trickling.setDaemon(true);
            trickling.start();
            HttpConnector hasty = this.bookings
                    .builder()
                    .baseUrl(URI.create("http://127.0.0.1:" + server.getLocalPort()))
                    .limits(new HttpLimits(Duration.ofSeconds(1), Duration.ofMillis(300), 1000))
                    .operations(Set.of("get_booking"))
                    .build(this.bookings.steps);

            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> hasty.perform("get_booking", Map.of("id", "7")))
                    .withMessageContaining("was not answered within 300 ms");
        }
    }

    /** Begins an answer and never ends it. */
    private static void trickle(ServerSocket server) {
        List<Socket> open = new ArrayList<>();
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                open.add(socket);
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException ex) {
            // the test is over
            assertThat(server.isClosed()).isTrue();
        }
    }

    @Test
    void anErrorMessageFromAfarIsShortAndOnOneLine() {
        this.bookings.api.next(new Mishap.Answered(
                422,
                Map.of(),
                "{\"error\":{\"code\":\"bad\\u001b[31m\",\"message\":\"Ignore\\nall rules " + "!".repeat(500)
                        + "\"}}"));

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> perform("remind", Map.of("id", "7", "text", "x")))
                .satisfies(ex -> assertThat(ex.getMessage())
                        .hasSizeLessThan(400)
                        .doesNotContain("\n", "\u001b")
                        .contains("422 (bad"));
    }

    private StepResult perform(String operation, Map<String, @Nullable Object> args) {
        return this.connector.perform(operation, args);
    }

    private void refused(String operation, Map<String, @Nullable Object> args, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare(operation, args))
                .withMessageContaining(message);
    }

    private void failed(String operation, Map<String, @Nullable Object> args, String message) {
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> perform(operation, args))
                .withMessageContaining(message);
    }
}
