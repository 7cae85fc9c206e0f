package cloud.enact.doubles.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueComment;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHLabel;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;

/** Issues of the double, as GitHub's Java client sees them. */
class IssuesTests {

    private GitHubDouble github;

    private HostedRepository shop;

    private GHRepository client;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        this.github = GitHubDouble.start(directory);
        this.shop = this.github.create("acme", "shop");
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
    void anIssueIsOpenedClosedAndOpenedAgain() throws Exception {
        GHIssue issue =
                this.client.createIssue("Title").body("Body").label("bug").create();

        assertThat(issue.getLabels()).extracting(GHLabel::getName).containsExactly("bug");
        issue.close();
        assertThat(this.client.getIssue(1).getState()).isEqualTo(GHIssueState.CLOSED);
        assertThat(this.client.getIssues(GHIssueState.OPEN)).isEmpty();
        issue.reopen();
        assertThat(this.client.getIssue(1).getState()).isEqualTo(GHIssueState.OPEN);
        assertThat(this.shop.state().tickets().get(1).labels()).containsExactly("bug");
    }

    @Test
    void aCommentIsWrittenChangedAndDeleted() throws Exception {
        GHIssue issue = this.client.createIssue("Title").create();

        GHIssueComment comment = issue.comment("First");
        comment.update("Second");

        assertThat(issue.getComments()).extracting(GHIssueComment::getBody).containsExactly("Second");
        comment.delete();
        assertThat(this.shop.state().tickets().get(1).comments()).isEmpty();
        assertThatThrownBy(comment::delete).isInstanceOf(GHFileNotFoundException.class);
    }

    @Test
    void aLabelIsPutOnAndTakenOff() throws Exception {
        GHIssue issue = this.client.createIssue("Title").create();

        issue.addLabels("bug", "new one");
        issue.removeLabels("bug");

        assertThat(this.client.getIssue(1).getLabels())
                .extracting(GHLabel::getName)
                .containsExactly("new one");
        assertThat(this.shop.state().labels()).containsExactly("bug", "new one");
    }

    @Test
    void aPullRequestIsAnIssueToo() throws Exception {
        this.shop.commit("feature", Map.of("a.txt", "a\n"), "Add a");
        int number = this.shop.tickets().openPullRequest("Title", "feature", "main");

        this.client.getPullRequest(number).addLabels("bug");
        this.client.getIssue(number).close();

        assertThat(this.client.getPullRequest(number).getState()).isEqualTo(GHIssueState.CLOSED);
        assertThat(this.shop.state().tickets().get(number).labels()).containsExactly("bug");
    }

    @Test
    void aLongListComesInPages() throws Exception {
        for (int i = 0; i < 65; i++) {
            this.shop.tickets().openIssue("Title " + i, "");
        }

        assertThat(this.client.queryIssues().pageSize(20).list().toList()).hasSize(65);
    }

    @Test
    void twoStatesAreEqualWhenNothingDiffersButTimes() {
        int number = this.shop.tickets().openIssue("Title", "Body");
        RepositoryState before = this.shop.state();

        long comment = this.shop.tickets().comment(number, "Text");
        assertThat(this.shop.state()).isNotEqualTo(before);
        this.shop.tickets().deleteComment(comment);

        assertThat(this.shop.state()).isEqualTo(before);
    }

    @Test
    void withoutTheRightToWriteNothingIsWritten() throws Exception {
        this.shop.writable(false);

        assertThatThrownBy(() -> this.client.createIssue("Title").create())
                .hasMessageContaining("Resource not accessible by personal access token");
        assertThat(this.shop.state().tickets()).isEmpty();
    }
}
