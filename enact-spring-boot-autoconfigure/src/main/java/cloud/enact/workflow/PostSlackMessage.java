package cloud.enact.workflow;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Posts a message to a channel. */
public class PostSlackMessage {

    private final Hands slack;

    public PostSlackMessage(Connector slack, StepExecutor steps) {
        this.slack = new Hands(slack, steps);
    }

    @Tool(name = "post_slack_message", description = "Posts a message to a Slack channel")
    @EnactAction("post_slack_message")
    public Map<String, @Nullable Object> post(
            @ToolParam(description = "Id or name of the channel") String channel,
            @ToolParam(description = "What to say") String text) {
        WorkflowReport report = new WorkflowReport(this.slack);
        return report.with(report.take("post_message", Hands.args("channel", channel, "text", text)), "channel", "ts")
                .tell();
    }
}
