package cloud.enact.workflow;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Opens a ticket at the help desk. */
public class CreateSupportTicket {

    private final Hands desk;

    public CreateSupportTicket(Connector desk, StepExecutor steps) {
        this.desk = new Hands(desk, steps);
    }

    @Tool(name = "create_support_ticket", description = "Opens a ticket at the help desk")
    @EnactAction("create_support_ticket")
    public Map<String, @Nullable Object> create(
            @ToolParam(description = "What it is about, one line") String subject,
            @ToolParam(description = "What happened, and what is wanted") String body,
            @ToolParam(description = "low, normal, high or urgent", required = false) @Nullable String priority) {
        WorkflowReport report = new WorkflowReport(this.desk);
        return report.with(
                        report.take(
                                "create_ticket", Hands.args("subject", subject, "body", body, "priority", priority)),
                        "id",
                        "url")
                .tell();
    }
}
