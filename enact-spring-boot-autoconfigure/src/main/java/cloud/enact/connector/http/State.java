package cloud.enact.connector.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found where a step looked.
 *
 * @param gone whether nothing is there
 * @param fields the fields that are looked at
 */
record State(boolean gone, Map<String, @Nullable Object> fields) {

    static State nothing() {
        return new State(true, Map.of());
    }

    /** Names of the fields that differ. */
    List<String> differences(State other) {
        List<String> names = new ArrayList<>();
        this.fields.forEach((name, value) -> {
            if (!other.fields.containsKey(name) || !Json.same(value, other.fields.get(name))) {
                names.add(name);
            }
        });
        return names;
    }

    boolean same(State other) {
        return this.gone == other.gone
                && this.fields.keySet().equals(other.fields.keySet())
                && differences(other).isEmpty();
    }

    Map<String, @Nullable Object> written() {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        written.put("gone", this.gone);
        written.put("fields", this.fields);
        return written;
    }

    /** Reads what {@link #written} wrote, or returns {@code null} for nothing. */
    @SuppressWarnings("unchecked") // the keys of JSON are text
    static @Nullable State read(@Nullable Object written) {
        return (written instanceof Map<?, ?> map && map.get("fields") instanceof Map<?, ?> fields)
                ? new State(Boolean.TRUE.equals(map.get("gone")), (Map<String, @Nullable Object>) fields)
                : null;
    }
}
