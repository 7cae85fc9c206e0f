package cloud.enact.connector.github;

import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Collections;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Making and deleting branches. */
class BranchTests extends GitHubTestBase {

    @Test
    void aBranchWithPushesThatWereTakenBackOneByOneIsDeletedAndTheyAreKept() {
        this.connector.createBranch(REPO, "agent/x");
        this.connector.pushCommit(REPO, "agent/x", "Add", Map.of("a.txt", "1\n"));
        this.connector.pushCommit(REPO, "agent/x", "Change", Map.of("a.txt", "2\n"));
        List<UndoRecord> records = this.steps.records();
        StepUndo undo = this.connector.undo();
        assertThat(undo.undo(records.get(0), false).restoration()).isEqualTo(Restoration.RESTORED);
        List<UndoRecord> left = records.subList(1, 3);
        assertThat(undo.precheck(left))
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.RESTORED);

        assertThat(undo.undo(records.get(1), left, false).restoration()).isEqualTo(Restoration.RESTORED);
        String tip = this.shop.head("agent/x").orElseThrow();
        StepRestoration deleted = undo.undo(records.get(2), false);

        assertThat(deleted.restoration()).as(deleted.detail()).isEqualTo(Restoration.RESTORED);
        assertThat(this.shop.head("agent/x")).isEmpty();
        assertThat(this.shop.refs()).containsValue(tip);
    }

    @Test
    void aBranchWherePeopleTookBackTheirOwnCommitsIsTheirs() {
        this.connector.createBranch(REPO, "agent/x");
        this.connector.pushCommit(REPO, "agent/x", "Add", Map.of("a.txt", "1\n"));
        UndoRecord pushed = this.steps.records().get(0);
        assertThat(this.connector.undo().undo(pushed, false).restoration()).isEqualTo(Restoration.RESTORED);
        this.shop.commit("agent/x", Map.of("b.txt", "1\n"), "Add\n\nEnact-Step: " + pushed.before().values().get("marker"));
        this.shop.commit("agent/x", Collections.singletonMap("b.txt", null), "Remove it again");
        UndoRecord made = this.steps.records().get(1);

        assertThat(this.connector.undo().precheck(List.of(made)).get(0).restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(this.connector.undo().undo(made, false).restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(this.shop.head("agent/x")).isPresent();
    }

    @Test
    void aBranchIsMadeWhereTheDefaultBranchIs() {
        StepResult made = this.connector.createBranch(REPO, "agent/fix");

        assertThat(made.output()).containsEntry("branch", "agent/fix").containsEntry("sha", main());
        assertThat(this.shop.head("agent/fix")).contains(main());
    }

    @Test
    void aBranchIsMadeFromAnotherBranchOrACommit() {
        String first = main();
        String second = this.shop.commit("release", Map.of("a.txt", "a"), "Add a");

        this.connector.createBranch(REPO, "from-branch", "release");
        this.connector.createBranch(REPO, "from-commit", first);

        assertThat(this.shop.head("from-branch")).contains(second);
        assertThat(this.shop.head("from-commit")).contains(first);
    }

    @Test
    void aBranchThatIsThereAtTheSameCommitIsFoundDoneAndStays() {
        this.shop.branch("agent/fix", main());

        assertThat(this.connector.createBranch(REPO, "agent/fix").alreadyDone()).isEqualTo("created");

        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void aBranchThatIsThereAtAnotherCommitIsNotTouched() {
        String other = this.shop.commit("agent/fix", Map.of("a.txt", "a"), "Add a");

        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix"))
                .isInstanceOf(GitHubException.class)
                .hasMessageContaining("is there already")
                .hasMessageContaining(other);
    }

    @Test
    void whatTheBranchStartsFromMustExist() {
        assertThatThrownBy(() -> this.connector.createBranch(REPO, "a", "no-such-branch"))
                .hasMessageContaining("no branch 'no-such-branch'");
        assertThatThrownBy(() -> this.connector.createBranch(REPO, "a", "1".repeat(40)))
                .hasMessageContaining("no commit");
    }

    @Test
    void aBranchSomebodyPushedToIsNotDeleted() {
        this.connector.createBranch(REPO, "agent/fix");
        String theirs = this.shop.commit("agent/fix", Map.of("a.txt", "a"), "Their work");

        assertThat(foreseen()).containsExactly(Restoration.CONFLICT);
        assertThat(undone()).containsExactly(Restoration.CONFLICT);

        assertThat(this.shop.head("agent/fix")).contains(theirs);
    }

    @Test
    void byForceABranchIsDeletedAndTheCommitsOfOthersStayReachable() {
        this.connector.createBranch(REPO, "agent/fix");
        String theirs = this.shop.commit("agent/fix", Map.of("a.txt", "a"), "Their work");

        assertThat(rollBack(true)).singleElement().satisfies(answer -> {
            assertThat(answer.restoration()).isEqualTo(Restoration.RESTORED);
            assertThat(answer.detail()).contains("refs/enact/pin/");
        });

        assertThat(this.shop.head("agent/fix")).isEmpty();
        assertThat(this.shop.refs()).containsValue(theirs);
    }

    @Test
    void aDeletedBranchComesBackWhereItWas() {
        String work = this.shop.commit("feature", Map.of("a.txt", "a"), "Work");
        Object before = this.shop.state();

        assertThat(this.connector.deleteBranch(REPO, "feature").output()).containsEntry("sha", work);
        assertThat(this.shop.head("feature")).isEmpty();
        assertThat(this.shop.refs()).containsValue(work);

        assertThat(foreseen()).containsExactly(Restoration.RESTORED);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(this.shop.state()).isEqualTo(before);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aBranchThatIsNotThereIsFoundDeleted() {
        assertThat(this.connector.deleteBranch(REPO, "gone").alreadyDone()).isEqualTo("deleted");

        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void theDefaultBranchIsNotDeleted() {
        assertThatThrownBy(() -> this.connector.deleteBranch(REPO, "main")).hasMessageContaining("default branch");
    }

    @Test
    void aProtectedBranchIsNotDeletedAndNothingIsLeft() {
        this.shop.commit("release", Map.of("a.txt", "a"), "Work");
        this.shop.protect("release");
        Object before = this.shop.state();

        assertThatThrownBy(() -> this.connector.deleteBranch(REPO, "release")).hasMessageContaining("GitHub said");

        assertThat(this.shop.state()).isEqualTo(before);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aBranchThatWasMadeAgainElsewhereIsNotTouched() {
        this.shop.commit("feature", Map.of("a.txt", "a"), "Work");
        this.connector.deleteBranch(REPO, "feature");
        String theirs = this.shop.commit("feature", Map.of("b.txt", "b"), "Their work");

        assertThat(undone()).containsExactly(Restoration.CONFLICT);

        assertThat(this.shop.head("feature")).contains(theirs);
    }

    @Test
    void byForceABranchIsSetBackAndTheCommitsOfOthersStayReachable() {
        String work = this.shop.commit("feature", Map.of("a.txt", "a"), "Work");
        this.connector.deleteBranch(REPO, "feature");
        String theirs = this.shop.commit("feature", Map.of("b.txt", "b"), "Their work");

        assertThat(rollBack(true)).singleElement().satisfies(answer -> {
            assertThat(answer.restoration()).isEqualTo(Restoration.RESTORED);
            assertThat(answer.detail()).contains("kept as refs/enact/pin/");
        });

        assertThat(this.shop.head("feature")).contains(work);
        assertThat(this.shop.refs()).containsValue(theirs);
    }

    @Test
    void aBranchThatWasMadeAndDeletedInOneRunIsGoneAfterwards() {
        Object before = this.shop.state();
        this.connector.createBranch(REPO, "agent/fix");
        this.connector.deleteBranch(REPO, "agent/fix");

        assertThat(foreseen()).containsExactly(Restoration.RESTORED, Restoration.RESTORED);
        assertThat(undone()).containsExactly(Restoration.RESTORED, Restoration.RESTORED);

        assertThat(this.shop.state()).isEqualTo(before);
    }
}
