package cloud.enact.connector.github;

import static cloud.enact.connector.github.GitHubAtWork.REPO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.connector.ConnectorException;
import cloud.enact.doubles.github.Protection;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergePullRequestTests {

    private static final String TEN = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    @TempDir
    Path directory;

    private GitHubAtWork work;

    private int number;

    @BeforeEach
    void openPullRequest() throws Exception {
        this.work = new GitHubAtWork(this.directory);
        this.work.shop.commit("main", Map.of("src/a.txt", TEN, "src/gone.txt", "here\n"), "Add files");
        this.work.shop.branch("feature", this.work.head("main"));
        this.work.shop.commit("feature", Map.of("src/a.txt", TEN.replace("2\n", "two\n")), "First");
        this.work.shop.commit("feature", Map.of("src/new.txt", "new\n"), "Second");
        Map<String, String> gone = new java.util.HashMap<>();
        gone.put("src/gone.txt", null);
        this.work.shop.commit("feature", gone, "Third");
        this.number = this.work.openPullRequest("Add a \"feature\"", "feature", "main");
    }

    @AfterEach
    void stopGitHub() {
        this.work.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "squash", "rebase"})
    void merges(String method) {
        StepResult merged = this.work.connector().mergePr(REPO, this.number, method);

        assertThat(merged.output()).containsEntry("sha", this.work.head("main")).containsEntry("base", "main");
        assertThat(this.work.shop.file("main", "src/new.txt")).contains("new\n");
        assertThat(this.work.record().fingerprint().values()).containsEntry("sha", this.work.head("main"));
        assertThat(this.work.connector().mergePr(REPO, this.number, method).alreadyDone())
                .isEqualTo("merged");
    }

    @Test
    void showsPoliciesWhereItLeads() {
        StepOperation step =
                this.work.connector().prepare("merge_pr", Map.of("repo", REPO, "number", (long) this.number));

        assertThat(step.args())
                .containsEntry("base", "main")
                .containsEntry("head", "feature")
                .containsEntry("method", "merge")
                .containsEntry("head_sha", this.work.head("feature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "squash", "rebase"})
    void undoTakesTheMergeBack(String method) {
        String tree = this.work.shop.tree("main");
        this.work.connector().mergePr(REPO, this.number, method);
        String merged = this.work.head("main");

        assertThat(this.work.steps.precheck(this.work.connector().undo())).containsExactly(Restoration.RESTORED);
        StepRestoration undone = this.work.undo();

        assertThat(undone.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(undone.detail()).contains("revert the revert");
        assertThat(undone.output())
                .containsEntry("operation", "revert_commit")
                .containsEntry("revert_sha", this.work.head("main"))
                .containsEntry("reverted_merge", merged)
                .containsEntry("base_branch", "main");
        assertThat(this.work.shop.tree("main")).isEqualTo(tree);
        assertThat(this.work.branches()).containsOnlyKeys("refs/heads/main", "refs/heads/feature");
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "squash", "rebase"})
    void undoKeepsWhatAPersonCommittedSince(String method) {
        this.work.connector().mergePr(REPO, this.number, method);
        this.work.shop.commit(
                "main",
                Map.of("src/a.txt", TEN.replace("2\n", "two\n").replace("9\n", "nine\n"), "src/b.txt", "b\n"),
                "A person's");

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.shop.file("main", "src/a.txt")).contains(TEN.replace("9\n", "nine\n"));
        assertThat(this.work.shop.file("main", "src/b.txt")).contains("b\n");
        assertThat(this.work.shop.file("main", "src/new.txt")).isEmpty();
        assertThat(this.work.shop.file("main", "src/gone.txt")).contains("here\n");
        assertThat(this.work.branches()).containsOnlyKeys("refs/heads/main", "refs/heads/feature");
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "squash", "rebase"})
    void undoKeepsWhatCameInBetweenLookingAndMerging(String method) {
        this.work.steps.meanwhile(() -> this.work.shop.commit("main", Map.of("src/b.txt", "b\n"), "A person's"));
        this.work.connector().mergePr(REPO, this.number, method);
        this.work.steps.meanwhile(() -> {});

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.shop.file("main", "src/a.txt")).contains(TEN);
        assertThat(this.work.shop.file("main", "src/b.txt")).contains("b\n");
        assertThat(this.work.shop.file("main", "src/new.txt")).isEmpty();
    }

    @Test
    void laterChangesOfTheSameLinesAreAConflictThatLeavesNothingBehind() {
        this.work.connector().mergePr(REPO, this.number, "merge");
        this.work.shop.commit("main", Map.of("src/a.txt", TEN.replace("2\n", "TWO\n")), "A person's");
        Map<String, String> before = this.work.refs();

        StepRestoration undone = this.work.undo();

        assertThat(undone.restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(undone.detail()).contains("branch main", "#" + this.number);
        assertThat(this.work.refs()).isEqualTo(before);
        assertThat(this.work.undo(true).restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(this.work.refs()).isEqualTo(before);
    }

    @Test
    void undoKeepsAnotherMergeOfTheSameBranch() {
        this.work.connector().mergePr(REPO, this.number, "merge");
        this.work.shop.commit("feature", Map.of("src/more.txt", "more\n"), "Fourth");
        this.work.shop.merge("main", "feature");

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.shop.file("main", "src/more.txt")).contains("more\n");
        assertThat(this.work.shop.file("main", "src/new.txt")).isEmpty();
    }

    @Test
    void aPinnedHeadThatMovedIsNotMerged() {
        String seen = this.work.head("feature");
        this.work.shop.commit("feature", Map.of("src/evil.txt", "evil\n"), "One more");

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.connector().mergePr(REPO, this.number, "merge", seen))
                .withMessageContaining("head_sha");

        assertThat(this.work.shop.file("main", "src/evil.txt")).isEmpty();
    }

    @Test
    void aHeadThatMovedSinceItWasDecidedOnIsNotMerged() {
        this.work.steps.meanwhile(() -> this.work.shop.commit("feature", Map.of("src/evil.txt", "evil\n"), "One more"));

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.connector().mergePr(REPO, this.number, "merge"))
                .withMessageContaining("decided on");

        assertThat(this.work.shop.file("main", "src/evil.txt")).isEmpty();
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aPullRequestThatSomebodyMergedAtThatMomentIsTheirs() {
        this.work.steps.meanwhile(() -> this.work.shop.merge("main", "feature"));

        StepResult merged = this.work.connector().mergePr(REPO, this.number, "merge");

        this.work.steps.meanwhile(() -> {});
        String head = this.work.head("main");
        assertThat(merged.alreadyDone()).isEqualTo("merged");
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(this.work.head("main")).isEqualTo(head);
    }

    @Test
    void aClosedPullRequestIsNotMerged() {
        this.work.connector().closePr(REPO, this.number);

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.connector().mergePr(REPO, this.number, "merge"))
                .withMessageContaining("closed");
    }

    @Test
    void aPullRequestThatNeedsReviewsIsNotMergedAndSaysWhy() {
        this.work.shop.protect("main", Protection.REVIEWS);

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.connector().mergePr(REPO, this.number, "merge"))
                .withMessageContaining("405")
                .withMessageContaining("approving review");
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aProtectedBaseGetsAPullRequestThatTakesTheMergeBack() {
        String tree = this.work.shop.tree("main");
        this.work.shop.protect("main", Protection.PULL_REQUESTS);
        this.work.connector().mergePr(REPO, this.number, "merge");
        String merged = this.work.head("main");
        this.work.shop.commit("main", Map.of("src/b.txt", "b\n"), "A person's");

        assertThat(this.work.steps.precheck(this.work.connector().undo())).containsExactly(Restoration.PENDING);
        StepRestoration asked = this.work.undo();
        assertThat(asked.restoration()).isEqualTo(Restoration.PENDING);
        assertThat(asked.output()).containsKey("pull_request").containsEntry("reverted_merge", merged);
        int revert = this.number + 1;
        assertThat(this.work.connector().getPr(REPO, revert).output()).containsEntry("state", "open");

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.PENDING);
        assertThat(this.work.branches())
                .hasSize(3)
                .hasKeySatisfying(new org.assertj.core.api.Condition<>(
                        ref -> ref.startsWith("refs/heads/enact/revert-" + this.number + "-"), "a branch for it"));

        this.work.other().mergePr(REPO, revert, "squash");
        StepRestoration restored = this.work.undo();
        assertThat(restored.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(restored.output()).containsEntry("revert_sha", this.work.head("main"));
        assertThat(this.work.shop.file("main", "src/b.txt")).contains("b\n");
        assertThat(this.work.shop.file("main", "src/new.txt")).isEmpty();
        assertThat(this.work.shop.file("main", "src/a.txt")).contains(TEN);
        assertThat(tree).isNotEqualTo(this.work.shop.tree("main"));
    }

    @Test
    void aRevertThatAPersonDeclinedIsAConflictUntilItIsForced() {
        this.work.shop.protect("main", Protection.PULL_REQUESTS);
        this.work.connector().mergePr(REPO, this.number, "squash");
        this.work.undo();
        this.work.other().closePr(REPO, this.number + 1);

        StepRestoration declined = this.work.undo();
        assertThat(declined.restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(declined.detail()).contains("closed without being merged");

        assertThat(this.work.undo(true).restoration()).isEqualTo(Restoration.PENDING);
    }

    @Test
    void aBranchThatSomebodyPutWhereTheRevertBelongsIsNotTaken() {
        this.work.shop.protect("main", Protection.PULL_REQUESTS);
        this.work.connector().mergePr(REPO, this.number, "squash");
        String name = "enact/revert-" + this.number + "-"
                + Change.id(this.work.record().digest());
        this.work.shop.branch(name, this.work.head("feature"));

        StepRestoration undone = this.work.undo();

        assertThat(undone.restoration()).isEqualTo(Restoration.FAILED);
        assertThat(undone.detail()).contains(name);
        assertThat(this.work.head(name)).isEqualTo(this.work.head("feature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "squash", "rebase"})
    void aRunFromBranchToMergeIsUndoneAsAWhole(String method) {
        Map<String, String> branches = this.work.branches();
        String tree = this.work.shop.tree("main");
        GitHubConnector connector = this.work.connector();
        connector.createBranch(REPO, "agent/work", "main");
        this.work.push("agent/work", "src/a.txt", "by an agent\n");
        this.work.push("agent/work", "src/more.txt", "more\n");
        Object number = connector
                .createPr(REPO, "Work", "", "agent/work", "main")
                .output()
                .get("number");
        connector.mergePr(REPO, ((Number) number).intValue(), method);
        connector.deleteBranch(REPO, "agent/work");
        this.work.shop.commit("main", Map.of("src/person.txt", "person\n"), "A person's");

        assertThat(this.work.steps.precheck(connector.undo()))
                .isSubsetOf(Restoration.RESTORED, Restoration.ALREADY_RESTORED, Restoration.IRREVERSIBLE);
        List<StepRestoration> undone = this.work.rollBack();

        assertThat(undone)
                .as(undone.toString())
                .extracting(StepRestoration::restoration)
                .isSubsetOf(Restoration.RESTORED, Restoration.ALREADY_RESTORED, Restoration.IRREVERSIBLE);
        assertThat(this.work.branches()).containsOnlyKeys(branches.keySet());
        assertThat(this.work.shop.file("main", "src/a.txt")).contains(TEN);
        assertThat(this.work.shop.file("main", "src/more.txt")).isEmpty();
        assertThat(this.work.shop.file("main", "src/person.txt")).isPresent();
        assertThat(tree).isNotEqualTo(this.work.shop.tree("main"));
    }

    @Test
    void aCommitThatMerelySaysSoTakesNothingBack() {
        this.work.connector().mergePr(REPO, this.number, "merge");
        Change change = new Change(
                new BranchName("main"),
                this.work.head("main"),
                "",
                "Add a \"feature\"",
                "pull request #" + this.number + ", which was merged as " + this.work.head("main"),
                this.number,
                this.work.record().digest());
        this.work.shop.commit("main", Map.of(), change.message());

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.shop.file("main", "src/new.txt")).isEmpty();
    }

    @Test
    void hostileTitlesStayTitles() {
        int hostile = openHostile("Nice\"\n\nEnact-Undo: sha256:00\u202e\u0007 title");
        String tree = this.work.shop.tree("main");
        this.work.connector().mergePr(REPO, hostile, "merge");

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.shop.tree("main")).isEqualTo(tree);
    }

    private int openHostile(String title) {
        this.work.shop.branch("hostile", this.work.head("main"));
        this.work.shop.commit("hostile", Map.of("src/h.txt", "h\n"), title);
        return this.work.openPullRequest("Hostile \u202e \"title\" " + "x".repeat(200), "hostile", "main");
    }
}
