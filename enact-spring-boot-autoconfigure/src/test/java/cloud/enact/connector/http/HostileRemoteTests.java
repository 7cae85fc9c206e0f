package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.connector.ConnectorException;
import cloud.enact.doubles.http.Mishap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What an API can do to whoever calls it: nothing. */
class HostileRemoteTests extends BookingsFixture {

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
}
