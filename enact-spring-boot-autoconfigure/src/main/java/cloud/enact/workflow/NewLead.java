package cloud.enact.workflow;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Adds a contact, and a task to follow up. */
public class NewLead {

    private final Hands crm;

    public NewLead(Connector crm, StepExecutor steps) {
        this.crm = new Hands(crm, steps);
    }

    @Tool(name = "new_lead", description = "Adds a contact, and a task to follow up if one is wanted")
    @EnactAction("new_lead")
    public Map<String, @Nullable Object> add(
            @ToolParam(description = "E-mail address") String email,
            @ToolParam(description = "First name", required = false) @Nullable String first_name,
            @ToolParam(description = "Last name", required = false) @Nullable String last_name,
            @ToolParam(description = "Company", required = false) @Nullable String company,
            @ToolParam(description = "What to do next; no task without it", required = false) @Nullable
                    String follow_up,
            @ToolParam(description = "When, such as 2030-01-31T09:00:00Z; needed for a task", required = false)
                    @Nullable
                    String due) {
        if ((follow_up == null) != (due == null)) {
            throw new IllegalArgumentException("'follow_up' and 'due' are given together or not at all");
        }
        WorkflowReport report = new WorkflowReport(this.crm);
        StepResult contact = report.take(
                "create_contact",
                Hands.args("email", email, "first_name", first_name, "last_name", last_name, "company", company));
        report.with(contact, "id");
        if (follow_up != null) {
            StepResult task = report.take(
                    "create_task",
                    Hands.args(
                            "subject",
                            follow_up,
                            "due",
                            due,
                            "contact_id",
                            contact.output().get("id")));
            report.with("task_id", task.output().get("id"));
        }
        return report.tell();
    }
}
