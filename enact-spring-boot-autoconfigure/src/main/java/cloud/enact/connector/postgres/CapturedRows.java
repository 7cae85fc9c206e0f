package cloud.enact.connector.postgres;

import cloud.enact.action.ActionEffect;
import cloud.enact.undo.postgres.TableChange;
import cloud.enact.undo.postgres.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the database captured of one governed stretch of a transaction.
 *
 * @param tables number of rows by what happened to them, by table
 * @param unprotected tables that may have been written to and whose rows are not captured
 */
record CapturedRows(Map<TableName, Map<String, Long>> tables, List<String> unprotected) {

    static final String UNPROTECTED = "unprotected";

    static CapturedRows of(List<TableChange> changes) {
        Map<TableName, Map<String, Long>> tables = new LinkedHashMap<>();
        List<String> unprotected = new ArrayList<>();
        for (TableChange change : changes) {
            if (change.kind() == TableChange.Kind.UNPROTECTED) {
                unprotected.add(change.table().toString());
            } else {
                tables.computeIfAbsent(change.table(), name -> new TreeMap<>())
                        .merge(change.kind().word(), change.rows(), Long::sum);
            }
        }
        return new CapturedRows(tables, unprotected);
    }

    boolean isEmpty() {
        return this.tables.isEmpty() && this.unprotected.isEmpty();
    }

    /** Names of all tables, for a person to read. */
    String names() {
        Set<String> all = new TreeSet<>(this.unprotected);
        this.tables.keySet().forEach(table -> all.add(table.toString()));
        return String.join(", ", all);
    }

    /** Schema and name of each table. */
    List<List<String>> tableNames() {
        return this.tables.keySet().stream()
                .map(table -> List.of(table.schema(), table.table()))
                .toList();
    }

    /** How many rows were inserted, updated and deleted. */
    long rows() {
        return this.tables.values().stream()
                .flatMap(table -> table.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** As policies judge it. */
    ActionEffect effect() {
        Map<String, Long> rows = new TreeMap<>();
        // names with dots in them may read alike
        this.tables.forEach((table, changes) -> rows.merge(
                table.toString(),
                changes.values().stream().mapToLong(Long::longValue).sum(),
                Long::sum));
        return new ActionEffect(rows, this.unprotected);
    }

    /** As policies, receipts and the undo log have it. */
    Map<String, @Nullable Object> describe() {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("rows", rows());
        Map<String, Map<String, Long>> byName = new TreeMap<>();
        this.tables.forEach((table, rows) ->
                rows.forEach((word, number) -> byName.computeIfAbsent(table.toString(), name -> new TreeMap<>())
                        .merge(word, number, Long::sum)));
        description.put("tables", byName);
        if (!this.unprotected.isEmpty()) {
            description.put(UNPROTECTED, this.unprotected);
        }
        return description;
    }
}
