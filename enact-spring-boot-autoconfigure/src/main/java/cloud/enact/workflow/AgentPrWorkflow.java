package cloud.enact.workflow;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Makes a branch, commits to it, and opens a pull request. What can't be started is not begun. */
public class AgentPrWorkflow {

    private final Hands github;

    public AgentPrWorkflow(Connector github, StepExecutor steps) {
        this.github = new Hands(github, steps);
    }

    @Tool(
            name = "agent_pr_workflow",
            description = "Makes a branch, commits files to it if there are any, and opens a pull request")
    @EnactAction("agent_pr_workflow")
    public Map<String, @Nullable Object> open(
            @ToolParam(description = "owner/name of the repository") String repo,
            @ToolParam(description = "Name of the new branch") String branch,
            @ToolParam(description = "Title of the pull request") String title,
            @ToolParam(description = "What it changes, and why") String body,
            @ToolParam(description = "Branch that the changes go to") String base,
            @ToolParam(description = "Texts of files by their paths", required = false) @Nullable
                    Map<String, Object> files,
            @ToolParam(description = "Message of the commit; the title when it is left out", required = false) @Nullable
                    String message) {
        WorkflowReport report = new WorkflowReport(this.github);
        // all arguments are looked at before anything is made
        StepOperation create =
                this.github.prepare("create_branch", Hands.args("repo", repo, "branch", branch, "from", base));
        StepOperation push = (files == null || files.isEmpty())
                ? null
                : this.github.prepare(
                        "push_commit",
                        Hands.args(
                                "repo",
                                repo,
                                "branch",
                                branch,
                                "message",
                                (message != null) ? message : title,
                                "files",
                                files));
        StepOperation pull = this.github.prepare(
                "create_pr", Hands.args("repo", repo, "title", title, "body", body, "head", branch, "base", base));
        StepResult created = report.take(create);
        report.with(created, "branch", "sha");
        if (push != null) {
            if (created.alreadyDone() != null) {
                // it may be anybody's, and even the one that the changes are to be proposed for
                throw new ConnectorException("The branch '" + branch
                        + "' was there before, and nothing was committed to it. Give the new branch another name.");
            }
            report.with(report.take(push), "sha");
        }
        StepResult opened = report.take(pull);
        return report.with(opened, "number", "url").tell();
    }
}
