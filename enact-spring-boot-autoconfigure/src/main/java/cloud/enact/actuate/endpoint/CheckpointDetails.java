package cloud.enact.actuate.endpoint;

import cloud.enact.receipt.CheckpointState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the checkpoints of a log are doing, as health shows it. */
final class CheckpointDetails {

    private CheckpointDetails() {}

    static Map<String, Object> of(CheckpointState state) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("key", state.key());
        details.put("entries", state.entries());
        details.put("size", state.size());
        put(details, "time", state.timestamp());
        put(details, "last_problem", state.lastError());
        Map<String, Object> sinks = new LinkedHashMap<>();
        state.anchors().forEach(anchor -> sinks.put(anchor.sink(), of(anchor)));
        details.put("sinks", sinks);
        return details;
    }

    private static Map<String, Object> of(CheckpointState.Anchor anchor) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("size", anchor.size());
        put(details, "time", anchor.timestamp());
        details.put("exposed", anchor.exposed());
        put(details, "exposed_since", anchor.exposedSince());
        put(details, "last_problem", anchor.lastError());
        return details;
    }

    private static void put(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }
}
