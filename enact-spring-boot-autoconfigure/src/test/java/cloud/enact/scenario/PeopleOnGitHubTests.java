package cloud.enact.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.action.RunId;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** People work on in the repository that an agent worked in, and then the agent's run is undone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleOnGitHubTests {

    private Systems systems;

    private ConfigurableApplicationContext context;

    private Enact enact;

    @BeforeAll
    void start(@TempDir Path folder) {
        this.systems = Systems.start(folder);
        this.context = Shop.start(this.systems.settings());
        this.enact = this.context.getBean(Enact.class);
    }

    @AfterAll
    void stop() {
        this.context.close();
        this.systems.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "squash", "rebase"})
    void aMergeIsTakenBackAndWhatPeopleCommittedSinceStays(String method) throws Exception {
        HostedRepository repository = this.systems.repository();
        Map<String, Object> before = this.systems.state(true);
        String branch = "by-" + method;
        RunId run = work(hands -> {
            hands.files().writeFile("docs/prices.txt", "mug 12\n");
            hands.github().createBranch(Systems.REPOSITORY, branch);
            hands.github().pushCommit(Systems.REPOSITORY, branch, "Raise prices", Map.of("prices.txt", "mug 12\n"));
            hands.github().pushCommit(Systems.REPOSITORY, branch, "Add cups", Map.of(branch + ".txt", "cup 5\n"));
            int number = Integer.parseInt(String.valueOf(hands.github()
                    .createPr(Systems.REPOSITORY, "Raise prices", "", branch, "main")
                    .output()
                    .get("number")));
            hands.slack().postMessage(Systems.CHANNEL, "Prices went up");
            return hands.github().mergePr(Systems.REPOSITORY, number, method);
        });
        assertThat(repository.file("main", "prices.txt")).contains("mug 12\n");
        String persons = repository.commit("main", Map.of("person-" + method + ".txt", "mine\n"), "Work on");

        RollbackReport report = this.enact.rollback(run);

        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(repository.file("main", "prices.txt")).contains("mug 9\n");
        assertThat(repository.file("main", branch + ".txt")).isEmpty();
        assertThat(repository.file("main", "person-" + method + ".txt")).contains("mine\n");
        StepRestoration merge = line(report, "github.merge_pr");
        assertThat(merge.output()).containsEntry("operation", "revert_commit").containsEntry("base_branch", "main");
        assertThat(repository.head("main"))
                .contains(String.valueOf(merge.output().get("revert_sha")));
        assertThat(parents(repository)).contains(persons);
        assertThat(repository.head(branch)).isEmpty();
        Map<String, Object> after = this.systems.state(true);
        for (String system : new String[] {"files", "rows", "slack"}) {
            assertThat(after.get(system)).as(system).isEqualTo(before.get(system));
        }
    }

    @Test
    void aBranchThatSomebodyPushedToStaysAndNothingIsTouchedAnywhere() throws Exception {
        RunId run = work(hands -> {
            hands.files().writeFile("docs/prices.txt", "mug 13\n");
            hands.rows().deleteRow("price", Map.of("id", 9));
            hands.github().createBranch(Systems.REPOSITORY, "shared");
            return hands.slack().postMessage(Systems.CHANNEL, "Look at the branch");
        });
        this.systems.repository().commit("shared", Map.of("theirs.txt", "theirs\n"), "Join in");
        Map<String, Object> found = this.systems.state(true);

        RollbackReport report = this.enact.rollback(run);

        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.REFUSED);
        assertThat(line(report, "github.create_branch").restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(this.systems.state(true)).isEqualTo(found);
    }

    @Test
    void aDeletedBranchComesBackWithThePullRequestThatWasOpenOnIt() throws Exception {
        HostedRepository repository = this.systems.repository();
        repository.commit("feature", Map.of("feature.txt", "new\n"), "Begin a feature");
        int number = repository.tickets().openPullRequest("A feature", "feature", "main");
        Map<String, Object> before = this.systems.state(true);
        RunId run = work(hands -> {
            hands.github().deleteBranch(Systems.REPOSITORY, "feature");
            return hands.files().deleteFile("docs/prices.txt");
        });
        assertThat(repository.head("feature")).isEmpty();
        assertThat(repository.state().tickets().get(number).state()).isEqualTo("closed");

        RollbackReport report = this.enact.rollback(run);

        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.systems.state(true)).isEqualTo(before);
    }

    @Test
    void linesThatSomebodyChangedSinceAreSeenBeforeAnythingIsTouchedAnywhere() throws Exception {
        HostedRepository repository = this.systems.repository();
        repository.commit("main", Map.of("menu.txt", "tea 2\n"), "Begin a menu");
        RunId run = work(hands -> {
            hands.github().pushCommit(Systems.REPOSITORY, "main", "Raise tea", Map.of("menu.txt", "tea 3\n"));
            return hands.files().writeFile("docs/menu.txt", "tea 3\n");
        });
        repository.commit("main", Map.of("menu.txt", "tea 4\n"), "Raise it more");
        Map<String, Object> found = this.systems.state(true);

        RollbackReport report = this.enact.rollback(run);

        assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.REFUSED);
        assertThat(line(report, "github.push_commit").restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(this.systems.state(true)).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "merge", "squash", "rebase"})
    void aRunIsUndoneAndDoneAgainAsOftenAsSomebodyChangesTheirMind(String method) throws Exception {
        HostedRepository repository = this.systems.repository();
        String branch = "often-" + method;
        String found = repository.tree("main");
        RunId run = work(hands -> {
            hands.github().createBranch(Systems.REPOSITORY, branch);
            hands.github().pushCommit(Systems.REPOSITORY, branch, "Raise cups", Map.of(branch + ".txt", "cup 5\n"));
            hands.github().pushCommit(Systems.REPOSITORY, branch, "Raise more", Map.of(branch + ".txt", "cup 6\n"));
            int number = Integer.parseInt(String.valueOf(hands.github()
                    .createPr(Systems.REPOSITORY, "Raise prices", "", branch, "main")
                    .output()
                    .get("number")));
            return method.equals("none")
                    ? hands.github().comment(Systems.REPOSITORY, number, "Look")
                    : hands.github().mergePr(Systems.REPOSITORY, number, method);
        });
        String done = repository.tree("main");
        RunId last = run;
        for (int i = 0; i < 4; i++) {
            RollbackReport report = this.enact.rollback(last);

            assertThat(report.result()).as(i + ": " + report).isEqualTo(RollbackResult.ROLLED_BACK);
            boolean undone = i % 2 == 0;
            assertThat(repository.tree("main")).as(i + ": " + report).isEqualTo(undone ? found : done);
            assertThat(repository.head(branch).isPresent()).as(i + ": " + report).isEqualTo(!undone);
            if (!undone) {
                assertThat(repository.file(branch, branch + ".txt")).contains("cup 6\n");
            }
            last = Objects.requireNonNull(report.rollbackRunId());
        }
    }

    private RunId work(Shop.Work work) throws Exception {
        try (OpenRun run = this.enact.openRun("shop")) {
            this.context.getBean(Shop.Agent.class).work(work);
            return run.id();
        }
    }

    private static StepRestoration line(RollbackReport report, String action) {
        return report.steps().stream()
                .filter(step -> step.action().equals(action))
                .findFirst()
                .orElseThrow();
    }

    /** Commits that the head of main has come from. */
    private static String parents(HostedRepository repository) throws Exception {
        Process git = new ProcessBuilder("git", "rev-list", "main")
                .directory(repository.directory().toFile())
                .redirectErrorStream(true)
                .start();
        String commits = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(commits).isZero();
        return commits;
    }
}
