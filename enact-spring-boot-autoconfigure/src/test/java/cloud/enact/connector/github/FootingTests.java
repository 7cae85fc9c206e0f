package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which steps can't stay when an older one is undone. */
class FootingTests extends GitHubTestBase {

    private boolean newestDependsOnOldest() {
        List<UndoRecord> records = this.steps.records();
        StepUndo undo = this.connector.undo();
        return undo.dependsOn(records.get(0), records.get(records.size() - 1));
    }

    @Test
    void aCommitStandsOnTheBranchItIsIn() {
        this.connector.createBranch(REPO, "agent/fix");
        this.connector.pushCommit(REPO, "agent/fix", "Add a", Map.of("a.txt", "a"));

        assertThat(newestDependsOnOldest()).isTrue();
    }

    @Test
    void aPullRequestStandsOnItsBranch() {
        String work = this.shop.commit("feature", Map.of("a.txt", "a"), "Add a");
        this.connector.createBranch(REPO, "agent/fix", work);
        this.connector.createPr(REPO, "Add a", "", "agent/fix", "main");

        assertThat(newestDependsOnOldest()).isTrue();
    }

    @Test
    void aMergeStandsOnItsPullRequest() {
        this.shop.commit("feature", Map.of("a.txt", "a"), "Add a");
        this.connector.createPr(REPO, "Add a", "", "feature", "main");
        this.connector.mergePr(REPO, 1, "merge");

        assertThat(newestDependsOnOldest()).isTrue();
    }

    @Test
    void aCommitDoesNotStandOnTheOneBefore() {
        this.connector.pushCommit(REPO, "main", "Add a", Map.of("a.txt", "a"));
        this.connector.pushCommit(REPO, "main", "Add b", Map.of("b.txt", "b"));

        assertThat(newestDependsOnOldest()).isFalse();
    }

    @Test
    void aCommentDoesNotStandOnItsIssue() {
        this.connector.createIssue(REPO, "Broken", "", List.of());
        this.connector.comment(REPO, 1, "I look at it.");

        assertThat(newestDependsOnOldest()).isFalse();
    }

    @Test
    void branchesOfTwoRepositoriesHaveNothingToDoWithEachOther() {
        this.github.create("acme", "other");
        GitHubConnector both =
                builder().repositories(List.of("acme/*")).operations(ALL).build(this.steps);
        both.createBranch(REPO, "agent/fix");
        both.createBranch("acme/other", "agent/fix");

        assertThat(newestDependsOnOldest()).isFalse();
    }
}
