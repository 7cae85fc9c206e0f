package cloud.enact.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts events to an address, signed as Standard Webhooks does where a secret is there. Any answer from 200 to 299 means
 * that an event was taken. Redirects are not followed, and nothing of the answer but its status is read. Thread-safe.
 */
public final class Webhook {

    private final WebhookOptions options;

    private final Clock clock;

    private final JsonMapper json = JsonMapper.builder().build();

    private final HttpClient client;

    /**
     * Makes it; connects later.
     *
     * @param options where and how it posts
     * @param clock tells when a request was signed
     */
    public Webhook(WebhookOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.timeout())
                .build();
    }

    /**
     * Posts an event, and waits for the answer.
     *
     * @throws IOException when it was not taken, or nobody knows; with neither address nor secret in the message
     */
    public void post(WebhookEvent event) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> sent = this.client.sendAsync(request(event), answer -> new UnreadBody());
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

    private HttpRequest request(WebhookEvent event) {
        byte[] body = this.json.writeValueAsBytes(event.asMap());
        HttpRequest.Builder request = HttpRequest.newBuilder(this.options.url()).timeout(this.options.timeout());
        this.options.headers().forEach(request::setHeader);
        request.setHeader("Content-Type", "application/cloudevents+json; charset=UTF-8");
        request.setHeader("User-Agent", "enact");
        byte[] key = this.options.key();
        if (key != null) {
            String timestamp = Long.toString(this.clock.instant().getEpochSecond());
            request.setHeader("webhook-id", event.id());
            request.setHeader("webhook-timestamp", timestamp);
            request.setHeader("webhook-signature", "v1," + signature(key, event.id() + "." + timestamp + ".", body));
        }
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
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
