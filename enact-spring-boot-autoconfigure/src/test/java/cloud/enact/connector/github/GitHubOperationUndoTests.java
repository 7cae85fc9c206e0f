package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.Restoration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes back of the simplest operations, and that reading leaves nothing. */
class GitHubOperationUndoTests extends GitHubTestBase {

    @Test
    void aBranchThatWasMadeIsDeleted() {
        Map<String, String> before = this.shop.refs();
        this.connector.createBranch(REPO, "agent/fix");

        assertThat(undone()).containsExactly(Restoration.RESTORED);

        assertThat(this.shop.head("agent/fix")).isEmpty();
        assertThat(this.shop.refs()).isEqualTo(before);
    }

    @Test
    void readingAFileOfARepositoryLeavesNothingToUndo() {
        this.connector.getFile(REPO, "README.md");

        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void listingBranchesLeavesNothingToUndo() {
        this.connector.listBranches(REPO);

        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void lookingAtAPullRequestLeavesNothingToUndo() {
        this.shop.commit("feature", Map.of("a.txt", "a"), "Add a");
        int number = this.shop.tickets().openPullRequest("A feature", "feature", "main");

        this.connector.getPr(REPO, number);

        assertThat(this.steps.records()).isEmpty();
    }
}
