package cloud.enact.receipt.anchor.webhook;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSink;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts each checkpoint to an address, as a CloudEvent, signed as Standard Webhooks does where a secret is there. Any
 * answer from 200 to 299 means that it is remembered. Redirects are not followed, and nothing of the answer but its
 * status is read. Thread-safe.
 */
public final class WebhookCheckpointSink implements CheckpointSink {

    private final WebhookOptions options;

    private final Clock clock;

    private final JsonMapper json = JsonMapper.builder().build();

    private final HttpClient client;

    public WebhookCheckpointSink(WebhookOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.timeout())
                .build();
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void accept(Checkpoint checkpoint) throws IOException {
        CompletableFuture<HttpResponse<Void>> sent =
                this.client.sendAsync(request(checkpoint), answer -> new UnreadBody());
        try {
            int status = sent.get(this.options.timeout().toNanos(), TimeUnit.NANOSECONDS)
                    .statusCode();
            if (status < 200 || status > 299) {
                throw new IOException("The webhook answered with status " + status);
            }
        } catch (ExecutionException ex) {
            // the client's own time-out may come first
            throw (ex.getCause() instanceof HttpTimeoutException) ? unanswered() : unreachable(ex);
        } catch (TimeoutException ex) {
            throw unanswered();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("Sending to the webhook was interrupted");
        } finally {
            sent.cancel(true);
        }
    }

    private IOException unanswered() {
        return new IOException(
                "The webhook did not answer within " + this.options.timeout().toMillis() + " ms");
    }

    private static IOException unreachable(ExecutionException ex) {
        // the message of the client may hold the address, and that a token
        Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
        return new IOException(
                "The webhook could not be reached (" + cause.getClass().getSimpleName() + ")");
    }

    private HttpRequest request(Checkpoint checkpoint) {
        String id = checkpoint.log() + "/" + checkpoint.size();
        byte[] body = body(id, checkpoint);
        HttpRequest.Builder request = HttpRequest.newBuilder(this.options.url()).timeout(this.options.timeout());
        this.options.headers().forEach(request::setHeader);
        request.setHeader("Content-Type", "application/cloudevents+json; charset=UTF-8");
        request.setHeader("User-Agent", "enact");
        byte[] key = this.options.key();
        if (key != null) {
            String timestamp = Long.toString(this.clock.instant().getEpochSecond());
            request.setHeader("webhook-id", id);
            request.setHeader("webhook-timestamp", timestamp);
            request.setHeader("webhook-signature", "v1," + signature(key, id + "." + timestamp + ".", body));
        }
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    }

    private byte[] body(String id, Checkpoint checkpoint) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("log", checkpoint.log());
        data.put("size", checkpoint.size());
        data.put("root", HexFormat.of().formatHex(checkpoint.root()));
        data.put("note", checkpoint.note());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", "urn:enact:log:" + checkpoint.log());
        event.put("type", "cloud.enact.checkpoint");
        event.put("time", checkpoint.timestamp().toString());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return this.json.writeValueAsBytes(event);
    }

    private static String signature(byte[] key, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("Every JDK has HmacSHA256", ex);
        }
    }
}
