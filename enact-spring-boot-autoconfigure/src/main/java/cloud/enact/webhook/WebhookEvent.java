package cloud.enact.webhook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as CloudEvents tells it.
 *
 * @param id tells it from others of its source, and is the same when it is posted again
 * @param source where it happened, a URI
 * @param type what kind of thing it is
 * @param time when it happened
 * @param data what there is to say about it
 */
public record WebhookEvent(String id, String source, String type, Instant time, Map<String, @Nullable Object> data) {

    Map<String, Object> asMap() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", this.id);
        event.put("source", this.source);
        event.put("type", this.type);
        event.put("time", this.time.toString());
        event.put("datacontenttype", "application/json");
        event.put("data", this.data);
        return event;
    }

    /** Says nothing of the data, which may hold links that are secrets. */
    @Override
    public String toString() {
        return "WebhookEvent[" + this.type + " " + this.id + "]";
    }
}
