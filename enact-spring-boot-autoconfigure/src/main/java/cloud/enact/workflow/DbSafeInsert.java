package cloud.enact.workflow;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Adds a row unless there is one like it. */
public class DbSafeInsert {

    private final Hands database;

    public DbSafeInsert(Connector database, StepExecutor steps) {
        this.database = new Hands(database, steps);
    }

    @Tool(name = "db_safe_insert", description = "Inserts a row, unless there is one with the same unique values")
    @EnactAction("db_safe_insert")
    public Map<String, @Nullable Object> insert(
            @ToolParam(description = "Table, with its schema unless that is public") String table,
            @ToolParam(description = "Columns and their values") Map<String, Object> data,
            @ToolParam(
                            description = "Columns whose values no other row may have; the primary key when left out",
                            required = false)
                    @Nullable
                    List<String> unique_columns) {
        WorkflowReport report = new WorkflowReport(this.database);
        return report.with(
                        report.take(
                                "insert_row",
                                Hands.args(
                                        "table",
                                        table,
                                        "data",
                                        data,
                                        "unique_columns",
                                        (unique_columns != null) ? unique_columns : List.of())),
                        "rows",
                        "key")
                .tell();
    }
}
