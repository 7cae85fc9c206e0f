package cloud.enact.workflow;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Sends a mail, once for each key. */
public class SendEmail {

    private final Hands email;

    public SendEmail(Connector email, StepExecutor steps) {
        this.email = new Hands(email, steps);
    }

    @Tool(name = "send_email", description = "Sends an e-mail; never twice for the same idempotency key")
    @EnactAction("send_email")
    public Map<String, @Nullable Object> send(
            @ToolParam(description = "Addresses it goes to") List<String> to,
            @ToolParam(description = "Subject, one line") String subject,
            @ToolParam(description = "Plain text") String text,
            @ToolParam(description = "Names what this mail is about, such as invoice-4711-reminder-1")
                    String idempotency_key) {
        WorkflowReport report = new WorkflowReport(this.email);
        report.take(
                "send_email",
                Hands.args("to", to, "subject", subject, "text", text, "idempotency_key", idempotency_key));
        return report.tell();
    }
}
