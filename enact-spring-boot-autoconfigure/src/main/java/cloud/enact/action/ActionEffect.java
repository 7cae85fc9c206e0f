package cloud.enact.action;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much an action changes, measured before it takes effect. Immutable.
 *
 * @param tables how many rows are changed, by table
 * @param unmeasured tables that are written to, and nobody knows how many of their rows
 */
public record ActionEffect(Map<String, Long> tables, List<String> unmeasured) {

    private static final ActionEffect NONE = new ActionEffect(Map.of(), List.of());

    public ActionEffect {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
        unmeasured = List.copyOf(unmeasured);
    }

    /** Nothing has been found to change. */
    public static ActionEffect none() {
        return NONE;
    }

    /** How many rows are changed in all tables that were measured; never more than {@link Long#MAX_VALUE}. */
    public long rows() {
        long rows = 0;
        for (long changed : this.tables.values()) {
            rows = (changed > Long.MAX_VALUE - rows) ? Long.MAX_VALUE : rows + changed;
        }
        return rows;
    }

    /** As expressions and receipts have it: without {@code rows} where nobody knows how many there are. */
    public Map<String, @Nullable Object> describe() {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        if (this.unmeasured.isEmpty()) {
            description.put("rows", rows());
        }
        description.put("tables", this.tables);
        description.put("unmeasured", this.unmeasured);
        return Arguments.freeze(description);
    }
}
