package cloud.enact.undo.postgres;

import java.util.List;

/**
 * What it takes until all named tables are captured.
 *
 * @param statements the SQL, in order; empty when nothing is missing
 * @param tables the tables they are about
 * @param skipped a sentence for each table that stays unprotected, and for what stays unnoticed
 */
public record CapturePlan(List<String> statements, List<TableName> tables, List<String> skipped) {

    public CapturePlan {
        statements = List.copyOf(statements);
        tables = List.copyOf(tables);
        skipped = List.copyOf(skipped);
    }

    /** Whether everything is in place. */
    public boolean isEmpty() {
        return this.statements.isEmpty();
    }

    /** The SQL as a script that a migration tool can run in one transaction. */
    public String script() {
        StringBuilder script = new StringBuilder();
        this.statements.forEach(
                statement -> script.append(statement.strip()).append(statement.endsWith(";\n") ? "\n" : ";\n"));
        return script.toString();
    }
}
