package cloud.enact.workflow;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Changes rows if there are exactly as many as expected. */
public class DbSafeUpdate {

    private final Hands database;

    public DbSafeUpdate(Connector database, StepExecutor steps) {
        this.database = new Hands(database, steps);
    }

    @Tool(
            name = "db_safe_update",
            description = "Updates the rows that match, if there are exactly as many as expected, and none otherwise")
    @EnactAction("db_safe_update")
    public Map<String, @Nullable Object> update(
            @ToolParam(description = "Table, with its schema unless that is public") String table,
            @ToolParam(description = "Columns and their new values") Map<String, Object> data,
            @ToolParam(description = "Columns and what they must be") Map<String, Object> where,
            @ToolParam(description = "How many rows must match") long expected_rows) {
        WorkflowReport report = new WorkflowReport(this.database);
        return report.with(
                        report.take(
                                "update_row",
                                Hands.args(
                                        "table", table, "data", data, "where", where, "expected_rows", expected_rows)),
                        "rows")
                .tell();
    }
}
