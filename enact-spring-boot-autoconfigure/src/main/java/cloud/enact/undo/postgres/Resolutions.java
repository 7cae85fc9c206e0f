package cloud.enact.undo.postgres;

import java.util.Map;

/**
 * What somebody decided about rows that were changed since.
 *
 * @param tables a decision for every such row of a table
 * @param rows decisions for single rows, by their handle; they win over the table's
 */
public record Resolutions(Map<TableName, Choice> tables, Map<TableName, Map<String, Choice>> rows) {

    public Resolutions {
        tables = Map.copyOf(tables);
        rows = Map.copyOf(rows);
    }

    /** No decision: any conflict stops the restore. */
    public static Resolutions none() {
        return new Resolutions(Map.of(), Map.of());
    }

    boolean isEmpty() {
        return this.tables.isEmpty() && this.rows.isEmpty();
    }

    /** The handles of a table's rows that were decided this way. */
    String[] handles(TableName table, Choice choice) {
        return this.rows.getOrDefault(table, Map.of()).entrySet().stream()
                .filter(row -> row.getValue() == choice)
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
    }

    boolean holdFor(TableName table, Choice choice) {
        return this.tables.get(table) == choice;
    }

    /** What to do with a row that was changed since. */
    public enum Choice {
        /** Restore it: what was changed since is lost. */
        FORCE,
        /** Leave it as it is. */
        SKIP
    }
}
