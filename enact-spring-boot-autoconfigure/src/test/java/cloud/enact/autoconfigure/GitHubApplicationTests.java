package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.connector.github.GitHubConnector;
import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connectors for GitHub in an application that configures them. */
@ExtendWith(OutputCaptureExtension.class)
class GitHubApplicationTests {

    private static final Actor ANN = Actor.of("ann@enact.example");

    private static final String REPO = "acme/shop";

    private static final String ALL = "operations=create_branch,delete_branch,push_commit,create_pr,merge_pr,"
            + "create_issue,close_pr,close_issue,comment,add_label,get_file,list_branches,get_pr";

    @TempDir
    Path directory;

    private GitHubDouble github;

    private HostedRepository shop;

    @BeforeEach
    void start() {
        this.github = GitHubDouble.start(this.directory.resolve("github"));
        this.shop = this.github.create("acme", "shop");
    }

    @AfterEach
    void stop() {
        this.github.close();
    }

    @Test
    void whatAToolDoesInARepositoryIsUndoneWithOneRollback() {
        Map<String, String> before = branches();
        application(ALL).run(context -> {
            assertThat(context).hasNotFailed();
            Enact enact = context.getBean(Enact.class);

            ActionResult outcome = enact.run("fixes.propose", ANN, Map.of("word", "Shop"));

            assertThat(this.shop.file("agent/fix-typo", "README.md")).contains("# Shop\n");
            assertThat(this.shop.state().tickets().get(1).comments()).hasSize(1);
            RollbackReport report = enact.rollback(outcome.runId());
            assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(report.steps())
                    .extracting(StepRestoration::action)
                    .containsExactly(
                            "github.work.comment",
                            "github.work.create_pr",
                            "github.work.push_commit",
                            "github.work.create_branch");
            assertThat(this.shop.head("agent/fix-typo")).isEmpty();
            assertThat(branches()).isEqualTo(before);
            assertThat(this.shop.state().tickets().get(1).state()).isEqualTo("closed");
            assertThat(enact.rollback(outcome.runId()).steps())
                    .extracting(StepRestoration::restoration)
                    .containsOnly(Restoration.ALREADY_RESTORED);
        });
    }

    @Test
    void aRollbackIsRolledBackItself() {
        application(ALL).run(context -> {
            Enact enact = context.getBean(Enact.class);
            ActionResult outcome = enact.run("fixes.propose", ANN, Map.of("word", "Shop"));
            Map<String, String> done = branches();
            Object tickets = this.shop.state().tickets();
            RollbackReport report = enact.rollback(outcome.runId());
            assertThat(this.shop.head("agent/fix-typo")).isEmpty();

            RollbackReport redo = enact.rollback(Objects.requireNonNull(report.rollbackRunId()));

            assertThat(redo.steps()).extracting(StepRestoration::restoration).containsOnly(Restoration.RESTORED);
            assertThat(branches()).isEqualTo(done);
            assertThat(this.shop.state().tickets()).isEqualTo(tickets);
        });
    }

    @Test
    void closingAndLabellingAreDoneAgain() {
        int issue = this.shop.tickets().openIssue("Broken", "It is.");
        application(ALL).run(context -> {
            Enact enact = context.getBean(Enact.class);
            for (String operation : new String[] {"add_label", "close_issue"}) {
                Map<String, Object> args = operation.equals("add_label")
                        ? Map.of("repo", REPO, "number", issue, "label", "bug")
                        : Map.of("repo", REPO, "number", issue);
                Object before = this.shop.state();
                ActionResult outcome = enact.run("github.work." + operation, ANN, args);
                Object done = this.shop.state();
                RollbackReport report = enact.rollback(outcome.runId());
                assertThat(this.shop.state()).isEqualTo(before);

                RollbackReport redo = enact.rollback(Objects.requireNonNull(report.rollbackRunId()));

                assertThat(redo.result()).isEqualTo(RollbackResult.ROLLED_BACK);
                assertThat(this.shop.state()).isEqualTo(done);
            }
        });
    }

    @Test
    void operationsAreActionsOfTheirOwn() {
        application("operations=create_branch").run(context -> {
            Enact enact = context.getBean(Enact.class);

            ActionResult outcome =
                    enact.run("github.work.create_branch", ANN, Map.of("repo", REPO, "branch", "agent/x"));

            assertThat(outcome.passed()).isTrue();
            assertThat(this.shop.head("agent/x")).isEqualTo(this.shop.head("main"));
        });
    }

    @Test
    void policiesSeeWhereAPullRequestGoes() {
        this.shop.commit("feature", Map.of("a.txt", "a"), "Add a");
        int pull = this.shop.tickets().openPullRequest("Add a", "feature", "main");
        application(ALL)
                .withPropertyValues("enact.policies[0].policy=git.dont-merge-to-main")
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);

                    // nothing in the arguments says where it goes
                    assertThatThrownBy(
                                    () -> enact.run("github.work.merge_pr", ANN, Map.of("repo", REPO, "number", pull))
                                            .output())
                            .hasMessageContaining("git.dont-merge-to-main");

                    assertThat(this.shop.state().tickets().get(pull).state()).isEqualTo("open");
                });
    }

    @Test
    void policiesLetAPullRequestToMainBeOpenedAndNoPushToIt() {
        application(ALL)
                .withPropertyValues(
                        "enact.policies[0].policy=git.dont-push-to-main",
                        "enact.policies[1].policy=git.dont-merge-to-main")
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);

                    assertThat(enact.run("fixes.propose", ANN, Map.of("word", "Shop"))
                                    .passed())
                            .isTrue();
                    assertThat(enact.run(
                                            "github.work.push_commit",
                                            ANN,
                                            Map.of(
                                                    "repo",
                                                    REPO,
                                                    "branch",
                                                    "main",
                                                    "message",
                                                    "Fix the typo",
                                                    "files",
                                                    Map.of("README.md", "x")))
                                    .passed())
                            .isFalse();
                });
    }

    @Test
    void workOfAPersonStopsTheRollbackBeforeAnythingIsTouched() {
        application(ALL).run(context -> {
            Enact enact = context.getBean(Enact.class);
            ActionResult outcome =
                    enact.run("github.work.create_branch", ANN, Map.of("repo", REPO, "branch", "agent/x"));
            this.shop.commit("agent/x", Map.of("theirs.txt", "theirs"), "Their work");
            Object theirs = this.shop.state();

            RollbackReport report = enact.rollback(outcome.runId());

            assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(report.steps().get(0).restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(this.shop.state()).isEqualTo(theirs);
        });
    }

    @Test
    void severalConnectorsHaveNamesOfTheirOwn() {
        this.github.create("oss", "library");
        application("operations=list_branches")
                .withPropertyValues(
                        "enact.github.connectors.oss.endpoint=" + this.github.endpoint(),
                        "enact.github.connectors.oss.token=" + this.github.token(),
                        "enact.github.connectors.oss.repositories=oss/*",
                        "enact.github.connectors.oss.operations=create_branch",
                        "enact.github.connectors.github.endpoint=" + this.github.endpoint(),
                        "enact.github.connectors.github.token=" + this.github.token())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(GitHubConnector.class).values())
                            .extracting(GitHubConnector::name)
                            .containsExactlyInAnyOrder("github.work", "github.oss", "github");
                    Enact enact = context.getBean(Enact.class);
                    Map<String, Object> args = Map.of("repo", "oss/library", "branch", "agent/x");
                    assertThat(enact.run("github.oss.create_branch", ANN, args).passed())
                            .isTrue();
                    assertThatThrownBy(() -> enact.run("github.work.list_branches", ANN, Map.of("repo", "oss/library"))
                                    .output())
                            .hasMessageContaining("allow it by adding it to the connector's repositories");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {REPO, "acme/*"})
    void aPolicyAboutARepositoryHoldsHoweverItsNameIsWritten(String allowed) {
        application("operations=create_branch", "repositories=" + allowed)
                .withPropertyValues(
                        "enact.policies[0].name=not-there",
                        "enact.policies[0].on=github.*",
                        "enact.policies[0].block=args.repo == '" + REPO + "'",
                        "enact.policies[0].reason=Not there")
                .run(context -> {
                    Map<String, String> before = branches();
                    for (String repo : List.of(REPO, "ACME/Shop", "acme/shop.git", "acme/SHOP")) {
                        Map<String, Object> args = Map.of("repo", repo, "branch", "agent/x");
                        assertThatThrownBy(() -> context.getBean(Enact.class)
                                        .run("github.work.create_branch", ANN, args)
                                        .output())
                                .as(repo)
                                .hasMessageMatching("(?s).*(Not there|'repo' is not the name).*");
                    }
                    assertThat(branches()).isEqualTo(before);
                });
    }

    @Test
    void aRightThatIsMissingStopsTheStart() {
        this.shop.writable(false);

        application("operations=create_branch,get_file").run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure()))
                    .contains("'github.work' can't work", "create_branch and undoing that need the right 'push'")
                    .contains("enact.github.connectors.work.operations")
                    .doesNotContain(this.github.token());
        });
    }

    @Test
    void aTokenThatGitHubDoesNotKnowStopsTheStart() {
        application("operations=create_branch", "token=ghp_nobodysToken").run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure()))
                    .contains("401", "token is not valid")
                    .doesNotContain("ghp_");
        });
    }

    @Test
    void withoutTokenThereIsNoConnector() {
        application("operations=create_branch", "token=").run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure()))
                    .contains("has no token", "GITHUB_TOKEN", "enact.github.connectors.work.token");
        });
    }

    @Test
    void aTokenThatNamesAPropertyNobodySetIsNotSent() {
        application("operations=create_branch", "token=${NO_SUCH_TOKEN}").run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure()))
                    .contains("no value for ${NO_SUCH_TOKEN}", "enact.github.connectors.work.token");
        });
    }

    @Test
    void theTokenIsTakenFromTheEnvironment() {
        application("operations=create_branch", "token=")
                .withPropertyValues("GITHUB_TOKEN=" + this.github.token())
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anOperationThatDoesNotExistStopsTheStart() {
        application("operations=delete_repository").run(context -> {
            assertThat(context).hasFailed();
            assertThat(startup(context.getStartupFailure())).contains("no such operation as 'delete_repository'");
        });
    }

    @Test
    void whileGitHubIsAwayTheApplicationStartsAndChangesNothing(CapturedOutput output) {
        this.github.faults().on(request -> true).always().answer(503, "Unavailable");
        application(ALL).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output)
                    .contains(
                            "The connector 'github.work' could not be checked",
                            "Its endpoint is " + this.github.endpoint())
                    .doesNotContain(this.github.token());
            Enact enact = context.getBean(Enact.class);
            assertThatThrownBy(() -> branch(enact).output()).hasMessageContaining("503");

            this.github.faults().clear();
            this.shop.writable(false);
            assertThatThrownBy(() -> branch(enact).output()).hasMessageContaining("the right 'push'");
            this.shop.writable(true);
            assertThat(branch(enact).passed()).isTrue();
        });
    }

    @Test
    void noReceiptHoldsTheToken() {
        application(ALL).run(context -> {
            Enact enact = context.getBean(Enact.class);
            ActionResult outcome = enact.run("fixes.propose", ANN, Map.of("word", "Shop"));
            enact.rollback(outcome.runId());

            assertThat(context.getBean(ReceiptStore.class).findByRun(outcome.runId()))
                    .isNotEmpty()
                    .extracting(Receipt::toString)
                    .noneMatch(text -> text.contains(this.github.token()));
            assertThat(context.getBean(EnactProperties.class).toString()).doesNotContain(this.github.token());
        });
    }

    @Test
    void nothingIsAllowedByDefaultAndGitHubIsNotAsked() {
        application().run(context -> {
            assertThat(context.getBean(GitHubConnector.class).operations()).isEmpty();
            assertThat(this.github.requests()).isEmpty();
        });
    }

    private Map<String, String> branches() {
        Map<String, String> branches = new TreeMap<>(this.shop.refs());
        branches.keySet().removeIf(ref -> !ref.startsWith("refs/heads/"));
        return branches;
    }

    private static ActionResult branch(Enact enact) {
        return enact.run("github.work.create_branch", ANN, Map.of("repo", REPO, "branch", "agent/x"));
    }

    private ApplicationContextRunner application(String... settings) {
        ApplicationContextRunner runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactGitHubAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.github.connectors.work.endpoint=" + this.github.endpoint(),
                        "enact.github.connectors.work.token=" + this.github.token(),
                        "enact.github.connectors.work.repositories=" + REPO);
        for (String setting : settings) {
            runner = runner.withPropertyValues("enact.github.connectors.work." + setting);
        }
        return runner;
    }

    private static String startup(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EnactStartupException startup) {
                return startup.getDescription() + " " + startup.getAction();
            }
        }
        return String.valueOf(failure);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Fixes fixes(@Qualifier("github.work") GitHubConnector github) {
            return new Fixes(github);
        }
    }

    static class Fixes {

        private final GitHubConnector github;

        Fixes(GitHubConnector github) {
            this.github = github;
        }

        @EnactAction("fixes.propose")
        public void propose(String word) {
            this.github.createBranch(REPO, "agent/fix-typo");
            this.github.pushCommit(
                    REPO, "agent/fix-typo", "Fix the typo in the README", Map.of("README.md", "# " + word + "\n"));
            Object number = this.github
                    .createPr(REPO, "Fix the typo", "It said shop.", "agent/fix-typo", "main")
                    .output()
                    .get("number");
            this.github.comment(REPO, ((Number) number).intValue(), "Please look at it.");
        }
    }
}
