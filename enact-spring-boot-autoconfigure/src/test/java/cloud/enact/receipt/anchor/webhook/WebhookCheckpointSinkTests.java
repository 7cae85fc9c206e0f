package cloud.enact.receipt.anchor.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.anchor.SomeCheckpoints;
import cloud.enact.webhook.WebhookOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookCheckpointSinkTests {

    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

    private final Checkpoint checkpoint = SomeCheckpoints.of("orders", 7);

    private final List<Received> received = new CopyOnWriteArrayList<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private HttpServer server;

    private record Received(Map<String, List<String>> headers, byte[] body) {

        private String header(String name) {
            return this.headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    @BeforeEach
    void start() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.setExecutor(this.threads);
        this.server.start();
    }

    @AfterEach
    void stop() {
        this.server.stop(0);
        this.threads.shutdownNow();
    }

    private void answer(HttpHandler handler) {
        this.server.createContext("/hook", exchange -> {
            this.received.add(new Received(
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes()));
            handler.handle(exchange);
        });
    }

    private void answer(int status) {
        answer(exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private WebhookCheckpointSink sink(@Nullable String secret, Duration timeout) {
        URI url = URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/hook?token=in-the-query");
        return new WebhookCheckpointSink(
                new WebhookOptions(url, Map.of("Authorization", "Bearer of-the-header"), secret, timeout, true),
                Drafts.CLOCK);
    }

    private WebhookCheckpointSink sink() {
        return sink(SECRET, Duration.ofSeconds(30));
    }

    @Test
    void aCheckpointIsPostedAsACloudEvent() throws Exception {
        answer(204);

        sink().accept(this.checkpoint);

        assertThat(this.received).hasSize(1);
        Received request = this.received.get(0);
        JsonNode event = JsonMapper.builder().build().readTree(request.body());
        assertThat(request.header("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(request.header("Authorization")).isEqualTo("Bearer of-the-header");
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("type").asString()).isEqualTo("cloud.enact.checkpoint");
        assertThat(event.get("id").asString()).isEqualTo("orders/7");
        assertThat(event.get("data").get("size").asLong()).isEqualTo(7);
        assertThat(event.get("data").get("note").asString()).isEqualTo(this.checkpoint.note());
    }

    @Test
    void aRequestIsSignedOverItsIdTimeAndBody() throws Exception {
        answer(200);

        sink().accept(this.checkpoint);

        Received request = this.received.get(0);
        String signed = request.header("webhook-id") + "." + request.header("webhook-timestamp") + "."
                + new String(request.body(), StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        assertThat(request.header("webhook-signature"))
                .isEqualTo("v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        assertThat(request.header("webhook-timestamp")).isEqualTo(Long.toString(Drafts.NOW.getEpochSecond()));
    }

    @Test
    void withoutASecretThereIsNoSignature() throws Exception {
        answer(200);

        sink(null, Duration.ofSeconds(30)).accept(this.checkpoint);

        assertThat(this.received.get(0).header("webhook-signature")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 500, 503})
    void anyOtherAnswerIsAFailureAndRedirectsAreNotFollowed(int status) {
        this.server.createContext("/elsewhere", exchange -> this.received.add(new Received(Map.of(), new byte[0])));
        answer(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });

        assertThatIOException()
                .isThrownBy(() -> sink().accept(this.checkpoint))
                .withMessage("The webhook answered with status " + status);
        assertThat(this.received).hasSize(1);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aServerThatNeverAnswersIsLeft() {
        CountDownLatch gate = new CountDownLatch(1);
        answer(exchange -> await(gate));

        assertThatIOException()
                .isThrownBy(() -> sink(null, Duration.ofMillis(200)).accept(this.checkpoint))
                .withMessage("The webhook did not answer within 200 ms");
        gate.countDown();
    }

    private static void await(CountDownLatch gate) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException ex) {
            throw new IOException(ex);
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anAnswerWithoutEndIsNotRead() throws Exception {
        answer(HttpEndless::write);

        sink().accept(this.checkpoint);

        assertThat(this.received).hasSize(1);
    }

    private static final class HttpEndless {

        private static void write(HttpExchange exchange) throws IOException {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                byte[] part = new byte[8192];
                while (!Thread.currentThread().isInterrupted()) {
                    body.write(part);
                }
            }
        }
    }

    @Test
    void noFailureTellsASecret() {
        answer(exchange -> exchange.close());

        assertThatIOException()
                .isThrownBy(() -> sink().accept(this.checkpoint))
                .satisfies(ex ->
                        assertThat(ex).hasNoCause().message().doesNotContain("in-the-query", "of-the-header", SECRET));
        this.server.stop(0);
        assertThatIOException()
                .isThrownBy(() -> sink().accept(this.checkpoint))
                .withMessageStartingWith("The webhook could not be reached")
                .satisfies(ex -> assertThat(ex).message().doesNotContain("in-the-query", "of-the-header", SECRET));
        assertThat(new WebhookOptions(
                        URI.create("https://example.org/?token=in-the-query"),
                        Map.of("Authorization", "of-the-header"),
                        SECRET,
                        Duration.ofSeconds(1),
                        false))
                .asString()
                .doesNotContain("in-the-query", "of-the-header", SECRET);
    }
}
