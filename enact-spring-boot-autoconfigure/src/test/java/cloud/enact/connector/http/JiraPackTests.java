package cloud.enact.connector.http;

import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.doubles.http.JiraDouble;
import cloud.enact.rollback.RollbackResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
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

    @Test
    void anIssueThatSomebodyCommentedOnIsNotDeleted() {
        application().run(context -> {
            ActionResult created = perform(context, create(), createArgs());
            this.jira.comment(output(created, "key"));

            assertThat(rollback(context, created.runId()).result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(this.jira.count()).isOne();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment  | [{\"id\": \"10000\"}]",
                "worklog     | {\"total\": 1}",
                "issuelinks  | [{\"id\": \"10001\"}]",
                "subtasks    | [{\"id\": \"10002\"}]",
                "labels      | [\"urgent\"]",
                "priority    | {\"id\": \"1\"}",
                "parent      | {\"key\": \"OPS-7\"}",
                "duedate     | \"2030-01-31\"",
            })
    void anIssueThatSomebodyWorkedOnIsNotDeleted(String field, String value) {
        application().run(context -> {
            ActionResult created = perform(context, create(), createArgs());
            this.jira.edit(
                    output(created, "key"),
                    issue -> ((ObjectNode) issue.get("fields"))
                            .set(field, JsonMapper.shared().readTree(value)));

            assertThat(rollback(context, created.runId()).result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(this.jira.count()).isOne();
        });
    }

    @Test
    void anIssueIsMovedBackByTheTransitionThatLeadsThere() {
        application().run(context -> {
            String key = output(perform(context, create(), createArgs()), "key");
            ActionResult moved =
                    perform(context, "transition_issue", Map.of("key", key, "transition", "21", "back", "11"));
            output(moved);
            assertThat(status(key)).isEqualTo("In Progress");

            assertThat(rollback(context, moved.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(status(key)).isEqualTo("To Do");
        });
    }

    @Test
    void aWayBackThatLeadsElsewhereIsNotCalledUndone() {
        application().run(context -> {
            String key = output(perform(context, create(), createArgs()), "key");
            ActionResult moved =
                    perform(context, "transition_issue", Map.of("key", key, "transition", "21", "back", "31"));

            assertThat(rollback(context, moved.runId()).steps())
                    .singleElement()
                    .satisfies(step -> assertThat(step.detail()).contains("status still differ from before"));
        });
    }

    private String status(String key) {
        return this.jira.find(key).at("/fields/status/name").asString();
    }
}
