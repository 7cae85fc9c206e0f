package cloud.enact.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.slack.api.methods.SlackApiException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackConnectionTests {

    private final AtomicInteger requests = new AtomicInteger();

    private HttpServer server;

    private SlackConnection connection;

    @BeforeEach
    void start() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.createContext("/busy/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "0");
            answer(exchange, 503);
        });
        this.server.createContext("/elsewhere/", exchange -> {
            exchange.getResponseHeaders().set("Location", "/busy/chat.postMessage");
            answer(exchange, 307);
        });
        this.server.createContext("/endless/", SlackConnectionTests::withoutEnd);
        this.server.start();
    }

    @AfterEach
    void stop() throws Exception {
        this.connection.close();
        this.server.stop(0);
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        this.requests.incrementAndGet();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void withoutEnd(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            byte[] part = new byte[64 * 1024];
            while (!Thread.currentThread().isInterrupted()) {
                body.write(part);
            }
        }
    }

    private void post(String path) throws Exception {
        this.connection = new SlackConnection(
                URI.create("http://localhost:" + this.server.getAddress().getPort() + path),
                "xoxb-token",
                Duration.ofSeconds(30));
        this.connection.methods().chatPostMessage(post -> post.channel("C01").text("hello"));
    }

    @Test
    void aServerThatAsksForItGetsNoSecondRequest() {
        assertThatExceptionOfType(SlackApiException.class).isThrownBy(() -> post("/busy/"));

        assertThat(this.requests).hasValue(1);
    }

    @Test
    void nobodyIsFollowedElsewhere() {
        assertThatExceptionOfType(SlackApiException.class).isThrownBy(() -> post("/elsewhere/"));

        assertThat(this.requests).hasValue(1);
    }

    @Test
    void anAnswerWithoutEndIsNotTaken() {
        assertThatIOException().isThrownBy(() -> post("/endless/")).withMessageContaining("larger than");
    }
}
