package cloud.enact.doubles.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHPullRequest.MergeMethod;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;

/** Pull requests of the double, as GitHub's Java client sees them. */
class PullRequestsTests {

    private GitHubDouble github;

    private HostedRepository shop;

    private GHRepository client;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        this.github = GitHubDouble.start(directory);
        this.shop = this.github.create("acme", "shop");
        this.shop.commit("feature", Map.of("a.txt", "a\n"), "Add a");
        this.shop.commit("feature", Map.of("b.txt", "b\n"), "Add b");
        this.client = new GitHubBuilder()
                .withEndpoint(this.github.endpoint().toString())
                .withOAuthToken(this.github.token())
                .build()
                .getRepository("acme/shop");
    }

    @AfterEach
    void stop() {
        this.github.close();
    }

    @Test
    void aPullRequestIsOpenedFoundAndClosed() throws Exception {
        GHPullRequest opened = open();

        assertThat(opened.getState()).isEqualTo(GHIssueState.OPEN);
        assertThat(opened.getMergeable()).isTrue();
        assertThat(opened.isMerged()).isFalse();
        assertThat(opened.getHead().getSha())
                .isEqualTo(this.shop.head("feature").orElseThrow());
        assertThat(this.shop.refs())
                .containsEntry("refs/pull/1/head", opened.getHead().getSha());
        assertThat(this.client
                        .queryPullRequests()
                        .head("acme:feature")
                        .base("main")
                        .list()
                        .toList())
                .extracting(GHPullRequest::getNumber)
                .containsExactly(1);
        assertThat(opened.listCommits().toList())
                .extracting(commit -> commit.getCommit().getMessage())
                .containsExactly("Add a", "Add b");
        assertThatThrownBy(this::open).hasMessageContaining("A pull request already exists for acme:feature.");
        opened.close();
        assertThat(this.client.getPullRequest(1).getState()).isEqualTo(GHIssueState.CLOSED);
        assertThat(this.client.queryPullRequests().head("acme:feature").list().toList())
                .isEmpty();
    }

    @Test
    void withoutACommitOfItsOwnOrABranchThereIsNoPullRequest() {
        this.shop.branch("empty", this.shop.head("main").orElseThrow());

        assertThatThrownBy(() -> this.client.createPullRequest("Nothing", "empty", "main", ""))
                .hasMessageContaining("No commits between main and empty");
        assertThatThrownBy(() -> this.client.createPullRequest("Nothing", "missing", "main", ""))
                .hasMessageContaining("head")
                .hasMessageContaining("invalid");
    }

    @Test
    void aMergeHasTwoParentsAndTheTreeThatGitMakes() throws Exception {
        String main = this.shop.commit("main", Map.of("c.txt", "c\n"), "Add c");
        GHPullRequest opened = open();
        String expected = Git.in(this.shop).run("merge-tree", "--write-tree", "main", "feature");

        opened.merge("Text", opened.getHead().getSha(), MergeMethod.MERGE);

        GHPullRequest merged = this.client.getPullRequest(1);
        assertThat(merged.isMerged()).isTrue();
        assertThat(merged.getMergedAt()).isNotNull();
        assertThat(this.shop.head("main")).contains(merged.getMergeCommitSha());
        assertThat(this.shop.tree("main")).isEqualTo(expected);
        assertThat(Git.in(this.shop).run("log", "-1", "--format=%P", "main"))
                .isEqualTo(main + " " + this.shop.head("feature").orElseThrow());
    }

    @Test
    void aSquashIsOneCommitWithTheSameTree() throws Exception {
        String main = this.shop.commit("main", Map.of("c.txt", "c\n"), "Add c");
        String expected = Git.in(this.shop).run("merge-tree", "--write-tree", "main", "feature");

        open().merge(null, null, MergeMethod.SQUASH);

        assertThat(this.shop.tree("main")).isEqualTo(expected);
        assertThat(Git.in(this.shop).run("log", "-1", "--format=%P %s", "main")).isEqualTo(main + " Title (#1)");
    }

    @Test
    void aRebaseCopiesEachCommit() throws Exception {
        String main = this.shop.commit("main", Map.of("c.txt", "c\n"), "Add c");
        String expected = Git.in(this.shop).run("merge-tree", "--write-tree", "main", "feature");

        open().merge(null, null, MergeMethod.REBASE);

        assertThat(this.shop.tree("main")).isEqualTo(expected);
        assertThat(Git.in(this.shop).run("log", "--reverse", "--format=%s", main + "..main"))
                .isEqualTo("Add a\nAdd b");
        assertThat(this.client.getPullRequest(1).getMergeCommitSha())
                .isEqualTo(this.shop.head("main").orElseThrow());
    }

    @Test
    void aHeadThatMovedIsNotMerged() throws Exception {
        GHPullRequest opened = open();
        String seen = opened.getHead().getSha();
        this.shop.commit("feature", Map.of("late.txt", "x\n"), "Add more");

        assertThatThrownBy(() -> opened.merge(null, seen, MergeMethod.MERGE))
                .hasMessageContaining("Head branch was modified");
        assertThat(this.shop.tickets().pull(1).state()).isEqualTo("open");
    }

    @Test
    void aConflictIsNotMerged() throws Exception {
        this.shop.commit("main", Map.of("a.txt", "other\n"), "Add another a");
        GHPullRequest opened = open();

        assertThat(this.client.getPullRequest(1).getMergeable()).isFalse();
        assertThatThrownBy(() -> opened.merge(null, null, MergeMethod.SQUASH))
                .hasMessageContaining("Pull Request is not mergeable");
    }

    @Test
    void aProtectedBaseTakesThePullRequestUnlessAReviewIsMissing() throws Exception {
        GHPullRequest opened = open();
        this.shop.protect("main", Protection.REVIEWS);
        assertThatThrownBy(() -> opened.merge(null, null, MergeMethod.MERGE)).hasMessageContaining("approving review");

        this.shop.protect("main");
        opened.merge(null, null, MergeMethod.MERGE);

        assertThat(this.client.getPullRequest(1).isMerged()).isTrue();
    }

    @Test
    void aDeletedBranchClosesItAndComesBackAtTheSameCommitOnly() throws Exception {
        GHPullRequest opened = open();
        String head = opened.getHead().getSha();

        this.client.getRef("heads/feature").delete();
        assertThat(this.client.getPullRequest(1).getState()).isEqualTo(GHIssueState.CLOSED);
        assertThatThrownBy(opened::reopen).hasMessageContaining("The feature branch has been deleted");

        this.shop.branch("feature", this.shop.head("main").orElseThrow());
        assertThatThrownBy(opened::reopen).hasMessageContaining("was force-pushed or recreated");

        this.shop.forcePush("feature", head);
        opened.reopen();
        assertThat(this.client.getPullRequest(1).getState()).isEqualTo(GHIssueState.OPEN);
    }

    @Test
    void aDeletedBaseClosesItToo() throws Exception {
        this.shop.branch("base", this.shop.head("main").orElseThrow());
        GHPullRequest opened = this.client.createPullRequest("Title", "feature", "base", "");

        this.shop.deleteBranch("base");

        assertThat(this.client.getPullRequest(1).getState()).isEqualTo(GHIssueState.CLOSED);
        assertThatThrownBy(opened::reopen).hasMessageContaining("The base branch has been deleted");
    }

    @Test
    void aPushMovesItsHeadAndAResetToTheBaseClosesIt() throws Exception {
        open();
        String next = this.shop.commit("feature", Map.of("c.txt", "c\n"), "Add c");
        assertThat(this.client.getPullRequest(1).getHead().getSha()).isEqualTo(next);

        this.shop.forcePush("feature", this.shop.head("main").orElseThrow());

        assertThat(this.client.getPullRequest(1).getState()).isEqualTo(GHIssueState.CLOSED);
        assertThat(this.client.getPullRequest(1).isMerged()).isFalse();
    }

    @Test
    void aMergePastTheButtonCountsAsOne() throws Exception {
        open();

        String merge = this.shop.merge("main", "feature");

        assertThat(this.client.getPullRequest(1).isMerged()).isTrue();
        assertThat(this.client.getPullRequest(1).getMergeCommitSha()).isEqualTo(merge);
    }

    @Test
    void aMergedOneIsNeitherMergedAgainNorReopened() throws Exception {
        GHPullRequest opened = open();
        opened.merge(null, null, MergeMethod.MERGE);

        assertThatThrownBy(() -> opened.merge(null, null, MergeMethod.MERGE))
                .hasMessageContaining("Pull Request is not mergeable");
        assertThatThrownBy(opened::reopen).hasMessageContaining("cannot be reopened");
    }

    private GHPullRequest open() throws Exception {
        return this.client.createPullRequest("Title", "feature", "main", "Body");
    }
}
