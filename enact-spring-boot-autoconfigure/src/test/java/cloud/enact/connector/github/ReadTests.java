package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that only read. */
class ReadTests extends GitHubTestBase {

    @Test
    void aFileIsReadFromTheDefaultBranchOrAnother() {
        this.shop.commit("feature", Map.of("docs/a b.txt", "Grüße"), "Add a");

        assertThat(this.connector.getFile(REPO, "README.md").output())
                .containsEntry("content", "# shop\n")
                .containsEntry("encoding", "utf-8")
                .containsEntry("size", 7L);
        assertThat(this.connector.getFile(REPO, "docs/a b.txt", "feature").output())
                .containsEntry("content", "Grüße");
        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> this.connector.getFile(REPO, "gone.txt")).hasMessageContaining("no file 'gone.txt'");
        assertThatThrownBy(() -> this.connector.getFile(REPO, "README.md", "gone"))
                .isInstanceOf(GitHubException.class);
    }

    @Test
    void aDirectoryIsNotAFile() {
        this.shop.commit("main", Map.of("docs/a.txt", "a"), "Add a");

        assertThatThrownBy(() -> this.connector.getFile(REPO, "docs")).hasMessageContaining("is not a file");
    }

    @Test
    void aReceiptKeepsNoContent() throws Exception {
        StepOperation step = this.connector.prepare("get_file", Map.of("repo", REPO, "path", "README.md"));
        assertThat(step.capture(null)).isNull();

        StepResult result = step.apply(null);

        assertThat(result.output()).containsKey("content");
        assertThat(step.recorded(result)).doesNotContainKey("content").containsKey("size");
    }

    @Test
    void branchesAreListed() {
        this.shop.branch("release", main());
        this.shop.protect("release");

        StepResult result = this.connector.listBranches(REPO);

        assertThat(result.output())
                .containsEntry("truncated", false)
                .containsEntry(
                        "branches",
                        List.of(
                                Map.of("name", "main", "sha", main(), "protected", false),
                                Map.of("name", "release", "sha", main(), "protected", true)));
    }

    @Test
    void aPullRequestIsRead() {
        String head = this.shop.commit("feature", Map.of("a.txt", "a"), "Add a");
        int number = this.shop.tickets().openPullRequest("Add a", "feature", "main");

        assertThat(this.connector.getPr(REPO, number).output())
                .containsEntry("number", (long) number)
                .containsEntry("title", "Add a")
                .containsEntry("state", "open")
                .containsEntry("merged", false)
                .containsEntry("head", "feature")
                .containsEntry("head_sha", head)
                .containsEntry("base", "main");
        assertThatThrownBy(() -> this.connector.getPr(REPO, 99)).hasMessageContaining("no pull request #99");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "acme/shop/../other",
                "acme/..",
                "../shop",
                "acme/shop?x=1",
                "acme/shop#a",
                "acme//shop",
                "/shop",
                "acme/",
                "acme/sh op",
                "acme/shop\n",
                "acme%2Fshop",
                "-acme/shop",
                "acme/."
            })
    void whatIsNoNameOfARepositoryIsRefused(String repo) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.listBranches(repo));
        assertThat(this.github.requests()).isEmpty();
    }

    @Test
    void aRepositoryThatIsNotListedIsRefused() {
        this.github.create("acme", "other");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.listBranches("acme/other"))
                .withMessageContaining("allow it by adding it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.listBranches("acme/shopping"))
                .withMessageContaining("allow it by adding it");
        assertThat(this.github.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a..b",
                "a b",
                "a~1",
                "a^",
                "a:b",
                "a?",
                "a*",
                "a[",
                "a\\b",
                "/a",
                "a/",
                "a//b",
                "a.lock",
                ".a",
                "a/.b",
                "a.",
                "@",
                "a@{1}",
                "-a",
                "a\tb",
                "a\u0000",
                "refs/heads/a",
                "a\u202Eb",
                "a\nb"
            })
    void whatGitAllowsForNoBranchIsRefused(String branch) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.createBranch(REPO, branch));
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.deleteBranch(REPO, branch));
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.createBranch(REPO, "a", branch));
        assertThat(this.github.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"feature", "agent/fix-typo", "über", "a.b", "release-1.2", "a@b", "#1", "100%"})
    void whatGitAllowsForABranchIsMade(String branch) {
        this.connector.createBranch(REPO, branch);

        assertThat(this.shop.head(branch)).contains(main());
        assertThat(this.connector.createBranch(REPO, branch).alreadyDone()).isEqualTo("created");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../b", "/a", "a//b", ".git/config", "a/.GIT/b", "a\\b", "", "a\u0000"})
    void whatIsNoPathInARepositoryIsRefused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.getFile(REPO, path));
    }

    @Test
    void textsHaveLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.createIssue(REPO, "a".repeat(257), "", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.createIssue(REPO, "a\nb", "", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.createIssue(REPO, " ", "", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.comment(REPO, 1, "a".repeat(60_001)));
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.comment(REPO, 1, "a\u001B[2Jb"));
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.comment(REPO, 0, "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.addLabel(REPO, 1, "a".repeat(51)));
        assertThat(this.github.requests()).isEmpty();
    }
}
