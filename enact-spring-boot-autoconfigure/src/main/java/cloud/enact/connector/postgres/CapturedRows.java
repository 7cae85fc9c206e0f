package cloud.enact.connector.postgres;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the database captured of one governed stretch of a transaction.
 *
 * @param rows number of rows captured, by table
 * @param unprotected tables that were written to and whose rows are not captured
 */
record CapturedRows(Map<String, Long> rows, List<String> unprotected) {

    CapturedRows {
        rows = Map.copyOf(rows);
        unprotected = List.copyOf(unprotected);
    }

    boolean isEmpty() {
        return this.rows.isEmpty() && this.unprotected.isEmpty();
    }

    /** Names of all tables, for a person to read. */
    String tables() {
        Set<String> all = new TreeSet<>(this.rows.keySet());
        all.addAll(this.unprotected);
        return String.join(", ", all);
    }

    long total() {
        return this.rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
