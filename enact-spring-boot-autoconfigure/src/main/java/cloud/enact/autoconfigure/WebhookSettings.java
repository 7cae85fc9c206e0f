package cloud.enact.autoconfigure;

import cloud.enact.webhook.WebhookOptions;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is configured of every address that events are posted to. */
interface WebhookSettings {

    @Nullable
    URI url();

    @Nullable
    String secret();

    Map<String, String> headers();

    Duration timeout();

    boolean allowHttp();

    /**
     * The options, where there is an address.
     *
     * @param owner what posts, such as {@code The webhook of approvals}
     * @param prefix where it is configured
     * @throws IllegalArgumentException with what is wrong
     */
    default WebhookOptions options(String owner, String prefix) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers()
                .forEach((name, value) ->
                        headers.put(name, new Credential(owner, prefix + ".headers." + name).resolved(value)));
        String secret = secret();
        return new WebhookOptions(
                Objects.requireNonNull(url()),
                headers,
                (secret != null) ? new Credential(owner, prefix + ".secret").resolved(secret) : null,
                timeout(),
                allowHttp());
    }
}
