package cloud.enact.workflow;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Finds a contact by the address and changes what is known of it. */
public class UpdateCrmRecord {

    private final Hands crm;

    public UpdateCrmRecord(Connector crm, StepExecutor steps) {
        this.crm = new Hands(crm, steps);
    }

    @Tool(name = "update_crm_record", description = "Changes fields of the contact with an e-mail address")
    @EnactAction("update_crm_record")
    public Map<String, @Nullable Object> update(
            @ToolParam(description = "Address of the contact") String email,
            @ToolParam(description = "Fields and their new values: first_name, last_name, phone, company, job_title")
                    Map<String, Object> fields) {
        WorkflowReport report = new WorkflowReport(this.crm);
        Object id =
                report.take("find_contact", Hands.args("email", email)).output().get("id");
        if (id == null) {
            throw new IllegalArgumentException("There is no contact with this address; nothing was changed");
        }
        Map<String, @Nullable Object> args = new LinkedHashMap<>(fields);
        // what the look-up has found counts, whatever the fields say
        args.put("id", id);
        return report.with(report.take("update_contact", args), "id").tell();
    }
}
