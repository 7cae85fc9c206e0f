package cloud.enact.receipt.anchor.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how checkpoints are sent.
 *
 * @param url where to
 * @param headers headers with every request, such as a token
 * @param secret signs each request as Standard Webhooks does, at least 24 bytes, in base64 after {@code whsec_};
 *     {@code null} sends no signature
 * @param timeout how long one request may take as a whole
 * @param allowHttp whether the address may do without TLS
 */
public record WebhookOptions(
        URI url, Map<String, String> headers, @Nullable String secret, Duration timeout, boolean allowHttp) {

    private static final String PREFIX = "whsec_";

    private static final int LEAST_SECRET = 24;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException with what is wrong; never with a secret in the message
     */
    public WebhookOptions {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowHttp && scheme.equals("http"))) {
            throw new IllegalArgumentException("the address must begin with https");
        }
        if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("the address must have a host, and neither user nor fragment");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be positive");
        }
        headers = Map.copyOf(headers);
        if (secret != null && key(secret).length < LEAST_SECRET) {
            throw new IllegalArgumentException("the secret must have at least " + LEAST_SECRET + " bytes");
        }
    }

    /** The key that signs, or {@code null}. */
    byte @Nullable [] key() {
        return (this.secret != null) ? key(this.secret) : null;
    }

    private static byte[] key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("the secret is not in base64 after " + PREFIX);
        }
    }

    /** Says nothing: address and headers may hold secrets. */
    @Override
    public String toString() {
        return "WebhookOptions[***]";
    }
}
