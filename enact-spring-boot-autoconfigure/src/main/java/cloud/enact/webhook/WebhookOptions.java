package cloud.enact.webhook;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how events are posted.
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
        headers = sendable(headers);
        if (secret != null && key(secret).length < LEAST_SECRET) {
            throw new IllegalArgumentException("the secret must have at least " + LEAST_SECRET + " bytes");
        }
    }

    /** What a client says of a header that it does not send has its value in it, so it is not asked later. */
    private static Map<String, String> sendable(Map<String, String> headers) {
        Map<String, String> sent = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            try {
                // files with a token end with a line
                HttpRequest.newBuilder().setHeader(name, value.strip());
            } catch (IllegalArgumentException ex) {
                throw refused(name);
            }
            sent.put(name, value.strip());
        });
        return Map.copyOf(sent);
    }

    private static IllegalArgumentException refused(String header) {
        return new IllegalArgumentException(
                "the header '" + header + "' can't be sent: its name or its value has characters that none may have");
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
