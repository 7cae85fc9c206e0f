package cloud.enact.approval.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import cloud.enact.approval.ApprovalMessage;
import cloud.enact.approval.SampleMessages;
import cloud.enact.webhook.WebhookOptions;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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

class WebhookApprovalChannelTests {

    private static final byte[] KEY = "a key of more than twenty-four bytes".getBytes(StandardCharsets.UTF_8);

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final SampleMessages messages = new SampleMessages();

    private final List<Received> received = new CopyOnWriteArrayList<>();

    private final CountDownLatch end = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private HttpServer server;

    private record Received(Headers headers, byte[] body) {}

    @BeforeEach
    void start() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.setExecutor(this.threads);
        this.server.createContext("/ok", exchange -> answer(exchange, 204));
        this.server.createContext("/broken", exchange -> answer(exchange, 503));
        this.server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().set("Location", "/ok");
            answer(exchange, 307);
        });
        this.server.createContext("/silent", exchange -> {
            try {
                this.end.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        });
        this.server.start();
    }

    @AfterEach
    void stop() {
        this.end.countDown();
        this.server.stop(0);
        this.threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        this.received.add(new Received(
                exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private WebhookApprovalChannel channel(String path, @Nullable String secret) {
        return new WebhookApprovalChannel(
                "duty@enact.example",
                new WebhookOptions(
                        URI.create(
                                "http://localhost:" + this.server.getAddress().getPort() + path),
                        Map.of("Authorization", "Bearer a-token"),
                        secret,
                        Duration.ofSeconds(path.equals("/silent") ? 1 : 20),
                        true),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void theRequestIsPostedSignedWithItsLinks() throws Exception {
        ApprovalMessage message = this.messages.to("duty@enact.example");
        WebhookApprovalChannel channel =
                channel("/ok", "whsec_" + Base64.getEncoder().encodeToString(KEY));

        channel.send(message);

        assertThat(channel.approvers(message.request())).containsExactly("duty@enact.example");
        Received received = this.received.get(0);
        JsonNode event = JsonMapper.builder().build().readTree(received.body());
        assertThat(event.get("type").asString()).isEqualTo("cloud.enact.approval.requested");
        JsonNode data = event.get("data");
        assertThat(data.get("ticket").asString())
                .isEqualTo(message.request().id().toString());
        assertThat(data.get("action").asString()).isEqualTo("billing.refund");
        assertThat(data.get("payload").get("amount").asInt()).isEqualTo(900);
        assertThat(data.get("policy_results").get(0).get("effect").asString()).isEqualTo("ASK");
        assertThat(data.get("effect").get("tables").get("ledger").asInt()).isEqualTo(2);
        assertThat(data.get("approve").asString()).isEqualTo(String.valueOf(message.approve()));
        assertThat(received.headers().getFirst("Authorization")).isEqualTo("Bearer a-token");
        String id = received.headers().getFirst("webhook-id");
        String timestamp = received.headers().getFirst("webhook-timestamp");
        assertThat(timestamp).isEqualTo(Long.toString(NOW.getEpochSecond()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(received.headers().getFirst("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(received.body())));
    }

    @Test
    void withoutASecretNothingIsSigned() throws Exception {
        channel("/ok", null).send(this.messages.to("duty@enact.example"));

        assertThat(this.received.get(0).headers().getFirst("webhook-signature")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken", "/elsewhere", "/silent", "/nowhere"})
    void anythingButAnAnswerThatItWasTakenIsAFailureWithoutSecrets(String path) {
        assertThatIOException()
                .isThrownBy(() -> channel(path, null).send(this.messages.to("duty@enact.example")))
                .withMessageNotContainingAny("localhost", "a-token", "links");
        assertThat(this.received).hasSizeLessThan(2);
    }

    @Test
    void silenceIsToldAsSuch() {
        assertThatIOException()
                .isThrownBy(() -> channel("/silent", null).send(this.messages.to("duty@enact.example")))
                .withMessage("The webhook did not answer within 1000 ms");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anAnswerWithoutEndIsNotRead() throws Exception {
        this.server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                byte[] part = new byte[8192];
                while (!Thread.currentThread().isInterrupted()) {
                    body.write(part);
                }
            }
        });

        assertThatNoException()
                .isThrownBy(() -> channel("/endless", null).send(this.messages.to("duty@enact.example")));
    }

    @Test
    void somebodyHasToAnswer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookApprovalChannel(
                        " ",
                        new WebhookOptions(
                                URI.create("https://hooks.enact.example"),
                                Map.of(),
                                null,
                                Duration.ofSeconds(1),
                                false),
                        Clock.systemUTC()))
                .withMessageContaining("name the approver");
    }
}
