package cloud.enact.workflow;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Puts labels on an issue, those that are not there yet. */
public class IssueTriage {

    private static final int MOST = 20;

    private final Hands github;

    public IssueTriage(Connector github, StepExecutor steps) {
        this.github = new Hands(github, steps);
    }

    @Tool(name = "issue_triage", description = "Puts labels on an issue; a label that is there already is left alone")
    @EnactAction("issue_triage")
    public Map<String, @Nullable Object> triage(
            @ToolParam(description = "owner/name of the repository") String repo,
            @ToolParam(description = "Number of the issue") long number,
            @ToolParam(description = "Labels it should have") List<String> labels) {
        if (labels.isEmpty() || labels.size() > MOST) {
            throw new IllegalArgumentException("'labels' are 1 to " + MOST + " labels");
        }
        WorkflowReport report = new WorkflowReport(this.github);
        List<StepOperation> steps = new ArrayList<>();
        for (String label : new LinkedHashSet<>(labels)) {
            // all are looked at before the first is put
            steps.add(this.github.prepare("add_label", Hands.args("repo", repo, "number", number, "label", label)));
        }
        steps.forEach(report::take);
        return report.tell();
    }
}
