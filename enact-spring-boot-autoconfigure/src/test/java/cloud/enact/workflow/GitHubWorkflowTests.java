package cloud.enact.workflow;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static cloud.enact.workflow.Calls.run;
import static cloud.enact.workflow.Calls.tool;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactGitHubAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.autoconfigure.EnactWorkflowAutoConfiguration;
import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.github.GitHubRequest;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.doubles.github.RepositoryState;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Pull requests and labels that workflows make, in a repository. */
class GitHubWorkflowTests {

    private static final String REPO = "acme/shop";

    @TempDir
    Path directory;

    private GitHubDouble gitHub;

    private HostedRepository shop;

    @BeforeEach
    void start() {
        this.gitHub = GitHubDouble.start(this.directory.resolve("github"));
        this.shop = this.gitHub.create("acme", "shop");
        this.shop.commit("main", Map.of("prices.txt", "mug 9\n"), "Sell mugs");
    }

    @AfterEach
    void stop() {
        this.gitHub.close();
    }

    @Test
    void aPullRequestIsOpenedFromANewBranchAndTakenBack() {
        application().run(context -> {
            Map<String, String> before = this.shop.refs();

            ActionResult opened = run(context, "agent_pr_workflow", pullRequest(Map.of("prices.txt", "mug 8\n")));

            assertThat(output(opened)).contains("github.create_branch", "github.push_commit", "github.create_pr");
            assertThat(output(opened, "number")).isEqualTo("1");
            assertThat(this.shop.file("agent/prices", "prices.txt")).contains("mug 8\n");

            assertThat(rollback(context, opened.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.head("agent/prices")).isEmpty();
            assertThat(this.shop.refs()).containsAllEntriesOf(before);
            assertThat(this.shop.state().toString()).contains("state=closed").doesNotContain("state=open");
        });
    }

    @Test
    void aModelCallsItAsATool() {
        application()
                .run(context ->
                        assertThat(tool(context, "agent_pr_workflow").call("""
                            {"repo": "acme/shop", "branch": "agent/prices", "title": "Cut prices", "body": "As asked",
                             "base": "main", "files": {"prices.txt": "mug 7"}}""")).contains("\"number\":1"));
    }

    @Test
    void nothingFollowsABranchThatFailed() {
        this.shop.commit("agent/prices", Map.of("mine.txt", "of a person\n"), "Work");
        application().run(context -> {
            Map<String, String> before = this.shop.refs();

            ActionResult opened = run(context, "agent_pr_workflow", pullRequest(Map.of("prices.txt", "mug 8\n")));

            assertThat(error(opened)).contains("Step 'github.create_branch' failed");
            assertThat(this.shop.refs()).isEqualTo(before);
            assertThat(this.gitHub.requests()).noneMatch(request -> isPull(request, "POST"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "release"})
    void nothingIsPushedToABranchThatWasThereBefore(String branch) {
        this.shop.branch("release", this.shop.head("main").orElseThrow());
        application().run(context -> {
            Map<String, String> before = this.shop.refs();
            Map<String, Object> args = new HashMap<>(pullRequest(Map.of("prices.txt", "mug 8\n")));
            args.put("branch", branch);

            ActionResult opened = run(context, "agent_pr_workflow", args);

            assertThat(this.shop.refs()).isEqualTo(before);
            assertThat(error(opened)).contains("'" + branch + "'").contains("another name");
        });
    }

    @Test
    void aStepThatFailsInTheMiddleStopsTheRestAndWhatWasDoneIsTakenBack() {
        application().run(context -> {
            Map<String, String> before = this.shop.refs();
            this.gitHub.faults().on("POST", ".*/pulls").answer(422, "Validation Failed");

            ActionResult opened = run(context, "agent_pr_workflow", pullRequest(Map.of("prices.txt", "mug 8\n")));

            assertThat(error(opened)).contains("Step 'github.create_pr' failed");
            assertThat(this.shop.file("agent/prices", "prices.txt")).contains("mug 8\n");
            assertThat(rollback(context, opened.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.head("agent/prices")).isEmpty();
            assertThat(this.shop.refs()).containsAllEntriesOf(before);
        });
    }

    @Test
    void argumentsThatAreWrongForALaterStepAreFoundBeforeTheFirst() {
        application().run(context -> {
            Map<String, Object> args = new HashMap<>(pullRequest(Map.of("../escape", "x")));

            assertThat(error(run(context, "agent_pr_workflow", args))).contains("Step 'github.push_commit'");
            assertThat(this.shop.head("agent/prices")).isEmpty();
            assertThat(this.gitHub.requests())
                    .noneMatch(request -> !request.method().equals("GET"));
        });
    }

    @Test
    void anIssueGetsItsLabelsOnceAndASecondRunAddsNone() {
        int issue = this.shop.tickets().openIssue("Prices are wrong", "All of them");
        this.shop.tickets().label(issue, "bug");
        this.shop.tickets().label(this.shop.tickets().openIssue("Another", ""), "prices");
        RepositoryState before = this.shop.state();
        application().run(context -> {
            Map<String, Object> args =
                    Map.of("repo", REPO, "number", issue, "labels", List.of("bug", "prices", "prices"));

            ActionResult first = run(context, "issue_triage", args);
            assertThat(output(first)).contains("already_done=");
            long changes = changes();
            ActionResult second = run(context, "issue_triage", args);

            assertThat(output(second)).doesNotContain("action=github.add_label}");
            assertThat(changes()).isEqualTo(changes);
            assertThat(rollback(context, second.runId()).result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);
            assertThat(rollback(context, first.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.state()).isEqualTo(before);
        });
    }

    @Test
    void aLabelThatIsNoneIsFoundBeforeTheFirstIsPut() {
        int issue = this.shop.tickets().openIssue("Prices are wrong", "All of them");
        RepositoryState before = this.shop.state();
        application().run(context -> {
            ActionResult triaged = run(
                    context, "issue_triage", Map.of("repo", REPO, "number", issue, "labels", List.of("prices", "")));

            assertThat(error(triaged)).contains("Step 'github.add_label' can't be taken");
            assertThat(this.shop.state()).isEqualTo(before);
        });
    }

    private long changes() {
        return this.gitHub.requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .count();
    }

    private static boolean isPull(GitHubRequest request, String method) {
        return request.method().equals(method) && request.path().contains("/pulls");
    }

    private static Map<String, Object> pullRequest(Map<String, String> files) {
        return Map.of(
                "repo",
                REPO,
                "branch",
                "agent/prices",
                "title",
                "Cut prices",
                "body",
                "As asked",
                "base",
                "main",
                "files",
                files);
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactGitHubAutoConfiguration.class,
                        EnactWorkflowAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.github.connectors.github.endpoint=" + this.gitHub.endpoint(),
                        "enact.github.connectors.github.token=" + this.gitHub.token(),
                        "enact.github.connectors.github.repositories=acme/*",
                        "enact.github.connectors.github.operations=create_branch,push_commit,create_pr,add_label",
                        "enact.workflows=agent_pr_workflow,issue_triage");
    }
}
