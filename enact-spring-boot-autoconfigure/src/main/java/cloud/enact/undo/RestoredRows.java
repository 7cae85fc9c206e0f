package cloud.enact.undo;

import cloud.enact.action.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What undoing does, or would do, to rows.
 *
 * @param tables how many rows are {@code restored}, {@code removed}, {@code reset}, {@code settled} (as before
 *     already), {@code forced} and {@code skipped}, by table
 * @param conflictCount how many rows stand in the way
 * @param conflicts the first of them
 * @param notCaptured tables that were written to as well, and whose rows nobody can bring back
 * @param beside other tables that triggers wrote to while rows were put back, which stays
 */
public record RestoredRows(
        Map<String, Map<String, Long>> tables,
        long conflictCount,
        List<Conflict> conflicts,
        List<String> notCaptured,
        List<String> beside) {

    /** Word for rows that are left as they are on request. */
    public static final String SKIPPED = "skipped";

    public RestoredRows {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        conflicts = List.copyOf(conflicts);
        notCaptured = notCaptured.stream().map(Printable::of).toList();
        beside = beside.stream().map(Printable::of).toList();
    }

    /** Whether all that was changed comes back. */
    public boolean isComplete() {
        return skipped() == 0 && this.notCaptured.isEmpty();
    }

    /** How many rows are left as they are on request. */
    public long skipped() {
        return this.tables.values().stream()
                .mapToLong(rows -> rows.getOrDefault(SKIPPED, 0L))
                .sum();
    }

    /** As JSON-like values, without the rows in conflict: what a receipt keeps. */
    public Map<String, @Nullable Object> summary() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("tables", this.tables);
        map.put("conflict_count", this.conflictCount);
        if (!this.notCaptured.isEmpty()) {
            map.put("not_captured", this.notCaptured);
        }
        if (!this.beside.isEmpty()) {
            map.put("written_beside", this.beside);
        }
        return map;
    }

    /** As JSON-like values. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = summary();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>(this.conflicts.size());
        this.conflicts.forEach(conflict -> rows.add(conflict.asMap()));
        map.put("conflicts", rows);
        return map;
    }

    /**
     * A row that stands in the way. Values are masked text; control and format characters in them come out as their
     * code.
     *
     * @param row what a request to force or skip calls it, or its table when it has no name of its own
     * @param kind what happened to it
     * @param key values of its key, empty when its table has none
     * @param expected columns that differ, as they should be found; {@code null} when no row should be there
     * @param found the same columns as they are; {@code null} when no row is there
     * @param detail a constraint, or a number of rows, or nothing
     */
    public record Conflict(
            String row,
            String kind,
            Map<String, @Nullable String> key,
            @Nullable Map<String, @Nullable String> expected,
            @Nullable Map<String, @Nullable String> found,
            @Nullable String detail) {

        public Conflict {
            key = printable(key);
            expected = (expected != null) ? printable(expected) : null;
            found = (found != null) ? printable(found) : null;
            detail = (detail != null) ? Printable.of(detail) : null;
        }

        private static Map<String, @Nullable String> printable(Map<String, @Nullable String> values) {
            Map<String, @Nullable String> printable = new LinkedHashMap<>();
            values.forEach(
                    (column, text) -> printable.put(Printable.of(column), (text != null) ? Printable.of(text) : null));
            return Collections.unmodifiableMap(printable);
        }

        private Map<String, @Nullable Object> asMap() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("row", this.row);
            map.put("kind", this.kind);
            map.put("key", this.key);
            map.put("expected", this.expected);
            map.put("found", this.found);
            if (this.detail != null) {
                map.put("detail", this.detail);
            }
            return map;
        }
    }
}
