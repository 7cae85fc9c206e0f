package cloud.enact.sample;

import cloud.enact.EnactAction;
import cloud.enact.connector.github.GitHubConnector;
import java.util.List;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;

/** Tools of the agent for the shop's issues on GitHub. */
@Component
public class IssueTools {

    private final GitHubConnector github;

    private final String repository;

    IssueTools(GitHubConnector github, DemoProperties properties) {
        this.github = github;
        this.repository = properties.github().repository();
    }

    /** Opens an issue. */
    @Tool(name = "open_issue", description = "Open an issue for the people of the shop. Returns its number.")
    @EnactAction("shop.open_issue")
    public String openIssue(
            @ToolParam(description = "What it is about") String title,
            @ToolParam(description = "What should be done, and why") String body) {
        return "opened issue "
                + this.github
                        .createIssue(this.repository, title, body, List.of())
                        .output()
                        .get("number");
    }
}
