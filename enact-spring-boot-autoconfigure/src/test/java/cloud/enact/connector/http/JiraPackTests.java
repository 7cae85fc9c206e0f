package cloud.enact.connector.http;

import cloud.enact.doubles.http.JiraDouble;
import java.util.Map;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Issues of Jira. */
class JiraPackTests extends PackContract {

    private final JiraDouble jira = new JiraDouble();

    JiraPackTests() {
        super("jira");
    }

    @Override
    JiraDouble vendor() {
        return this.jira;
    }

    @Override
    ApplicationContextRunner application() {
        return with(
                "create_issue,edit_issue,transition_issue",
                "JIRA_URL=https://example.atlassian.net",
                "JIRA_USER=" + JiraDouble.USER,
                "JIRA_TOKEN=" + JiraDouble.TOKEN);
    }

    @Override
    String create() {
        return "create_issue";
    }

    @Override
    Map<String, Object> createArgs() {
        return Map.of("project", "OPS", "summary", "Disk full", "description", "On host 7");
    }

    @Override
    Map<String, Object> wrongArgs() {
        return Map.of("project", "NONE", "summary", "Disk full", "description", "On host 7");
    }

    @Override
    String vendorError() {
        return "valid project is required";
    }

    @Override
    String update() {
        return "edit_issue";
    }

    @Override
    Map<String, Object> updateArgs(String id) {
        return Map.of("key", id, "summary", "Disk is full", "description", "On hosts 7 and 8");
    }

    @Override
    void change(String id) {
        this.jira.edit(id, issue -> ((ObjectNode) issue.get("fields")).put("summary", "Solved by hand"));
    }

    @Override
    String secret() {
        return JiraDouble.TOKEN;
    }

    @Override
    String id() {
        return "key";
    }

    @Override
    JsonNode comparable(JsonNode node) {
        ((ObjectNode) node.get("fields")).remove("updated");
        return node;
    }
}
