package cloud.enact.connector.http;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that is ready to be sent.
 *
 * @param method its method
 * @param target path and query, below the base URL
 * @param headers what it brings along besides what every request does; no secrets
 * @param contentType what its body is, or {@code null} when it has none
 * @param body its body, or {@code null}
 * @param told what messages call it: method and declared path, which hold no values
 */
record Call(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String contentType,
        @Nullable String body,
        String told) {

    Call with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(this.headers);
        all.putAll(more);
        return new Call(this.method, this.target, all, this.contentType, this.body, this.told);
    }

    boolean isRead() {
        return this.method.equals("GET");
    }
}
