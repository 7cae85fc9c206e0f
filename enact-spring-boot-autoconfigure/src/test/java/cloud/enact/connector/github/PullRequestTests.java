package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.doubles.github.RepositoryState.TicketState;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Opening and closing pull requests, and branches they depend on. */
class PullRequestTests extends GitHubTestBase {

    @BeforeEach
    void feature() {
        this.shop.commit("feature", Map.of("a.txt", "a"), "Add a");
    }

    private TicketState ticket(int number) {
        return this.shop.state().tickets().get(number);
    }

    private int open() {
        return ((Long) this.connector
                        .createPr(REPO, "Add a", "Because.", "feature", "main")
                        .output()
                        .get("number"))
                .intValue();
    }

    @Test
    void aPullRequestIsOpenedAndClosedAgain() {
        StepResult opened = this.connector.createPr(REPO, "Add a", "Because.", "feature", "main");

        assertThat(opened.output()).containsEntry("number", 1L).containsKey("url");
        assertThat(ticket(1).state()).isEqualTo("open");
        assertThat(ticket(1).body()).startsWith("Because.");
        assertThat(foreseen()).containsExactly(Restoration.RESTORED);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(ticket(1).state()).isEqualTo("closed");
        assertThat(foreseen()).containsExactly(Restoration.ALREADY_RESTORED);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aPullRequestWithTheSameHeadAndBaseIsFoundDone() {
        int theirs = this.shop.tickets().openPullRequest("Theirs", "feature", "main");

        StepResult result = this.connector.createPr(REPO, "Add a", "", "feature", "main");

        assertThat(result.alreadyDone()).isEqualTo("created");
        assertThat(result.output()).containsEntry("number", (long) theirs);
        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void aPullRequestToAnotherBaseIsNotTheSame() {
        this.shop.branch("release", main());
        this.shop.tickets().openPullRequest("Theirs", "feature", "release");

        assertThat(this.connector.createPr(REPO, "Add a", "", "feature", "main").alreadyDone())
                .isNull();
    }

    @Test
    void withoutABaseItIsTheDefaultBranchAndPoliciesSeeThat() {
        Map<String, Object> args = Map.of("repo", REPO, "title", "Add a", "head", "feature");

        assertThat(this.connector.prepare("create_pr", args).args()).containsEntry("base", "main");
    }

    @Test
    void aBranchThatIsNotThereHasNoPullRequest() {
        assertThatThrownBy(() -> this.connector.createPr(REPO, "Add a", "", "gone", "main"))
                .hasMessageContaining("no branch 'gone'");
    }

    @Test
    void aPullRequestThatSomebodyMergedIsAConflict() {
        int number = open();
        this.shop.tickets().merge(number, "merge");

        assertThat(foreseen()).containsExactly(Restoration.CONFLICT);
        assertThat(rollBack()).singleElement().satisfies(answer -> {
            assertThat(answer.restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(answer.detail()).contains("was merged as");
        });
        assertThat(ticket(number).state()).isEqualTo("merged");
    }

    @Test
    void aPullRequestWhoseAnswerGotLostIsFoundAndNotOpenedTwice() {
        this.github.faults().on("POST", "/repos/acme/shop/pulls").dropResponse();

        assertThat(open()).isEqualTo(1);

        assertThat(this.shop.state().tickets()).hasSize(1);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
    }

    @Test
    void aPullRequestThatNeverArrivedIsInDoubtAndNothingIsUndone() {
        this.github.faults().on("POST", "/repos/acme/shop/pulls").dropRequest();

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        GitHubException.class, ex -> assertThat(ex.isInDoubt()).isTrue())
                .hasMessageContaining("may have happened");

        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aPullRequestInDoubtIsFoundByUndoAndClosed() {
        this.github.faults().on("POST", "/repos/acme/shop/pulls").dropResponse();
        this.github
                .faults()
                .on("GET", "/repos/acme/shop/pulls")
                .after(1)
                .always()
                .answer(502, "Bad gateway");
        assertThatThrownBy(this::open).hasMessageContaining("may have happened");
        this.github.faults().clear();

        assertThat(undone()).containsExactly(Restoration.RESTORED);

        assertThat(ticket(1).state()).isEqualTo("closed");
    }

    @Test
    void aClosedPullRequestIsOpenedAgain() {
        int theirs = this.shop.tickets().openPullRequest("Theirs", "feature", "main");
        Object before = this.shop.state();

        this.connector.closePr(REPO, theirs);
        assertThat(ticket(theirs).state()).isEqualTo("closed");

        assertThat(foreseen()).containsExactly(Restoration.RESTORED);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(this.shop.state()).isEqualTo(before);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aPullRequestThatIsClosedIsFoundDone() {
        int theirs = this.shop.tickets().openPullRequest("Theirs", "feature", "main");
        this.shop.tickets().close(theirs);

        assertThat(this.connector.closePr(REPO, theirs).alreadyDone()).isEqualTo("closed");
        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void whatIsNoPullRequestIsNotClosedAsOne() {
        int issue = this.shop.tickets().openIssue("Broken", "It is.");

        assertThatThrownBy(() -> this.connector.closePr(REPO, issue)).hasMessageContaining("no pull request");
        assertThatThrownBy(() -> this.connector.closePr(REPO, 99)).hasMessageContaining("no pull request");
    }

    @Test
    void aDeletedBranchComesBackWithItsPullRequests() {
        this.shop.branch("release", this.shop.head("feature").orElseThrow());
        this.shop.commit("feature", Map.of("b.txt", "b"), "Add b");
        this.shop.commit("release", Map.of("c.txt", "c"), "Add c");
        int from = this.shop.tickets().openPullRequest("From it", "feature", "main");
        int to = this.shop.tickets().openPullRequest("To it", "release", "feature");
        int closed = this.shop.tickets().openPullRequest("Closed before", "feature", "release");
        this.shop.tickets().close(closed);
        Object before = this.shop.state();

        assertThat(this.connector.deleteBranch(REPO, "feature").output().get("pull_requests"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder((long) from, (long) to);
        assertThat(ticket(from).state()).isEqualTo("closed");

        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(this.shop.state()).isEqualTo(before);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aBranchThatGotAPullRequestMeanwhileIsNotDeleted() {
        this.steps.meanwhile(() -> this.shop.tickets().openPullRequest("From it", "feature", "main"));

        assertThatThrownBy(() -> this.connector.deleteBranch(REPO, "feature"))
                .hasMessageContaining("opened or closed meanwhile");

        assertThat(this.shop.head("feature")).isPresent();
        assertThat(ticket(1).state()).isEqualTo("open");
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void pullRequestsThatCanNotBeOpenedYetWaitAndAreOpenedLater() {
        int from = this.shop.tickets().openPullRequest("From it", "feature", "main");
        Object before = this.shop.state();
        this.connector.deleteBranch(REPO, "feature");
        this.github
                .faults()
                .on("PATCH", "/repos/acme/shop/pulls/" + from)
                .answer(422, "state cannot be changed. The feature branch has been deleted.");

        assertThat(rollBack()).singleElement().satisfies(answer -> {
            assertThat(answer.restoration()).isEqualTo(Restoration.PENDING);
            assertThat(answer.detail()).contains("#" + from).contains("try again");
        });
        assertThat(foreseen()).containsExactly(Restoration.RESTORED);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(this.shop.state()).isEqualTo(before);
    }

    @Test
    void aBranchThatSomebodysPullRequestNeedsIsNotDeleted() {
        this.connector.createBranch(REPO, "agent/base");
        int theirs = this.shop.tickets().openPullRequest("Theirs", "feature", "agent/base");

        assertThat(foreseen()).containsExactly(Restoration.CONFLICT);
        assertThat(rollBack()).singleElement().satisfies(answer -> {
            assertThat(answer.restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(answer.detail()).contains("[" + theirs + "]");
        });
        assertThat(ticket(theirs).state()).isEqualTo("open");
    }

    @Test
    void aRunThatMadeABranchPushedAndOpenedAPullRequestIsTakenBackWhole() {
        this.connector.createBranch(REPO, "agent/fix");
        this.connector.pushCommit(REPO, "agent/fix", "Fix the typo", Map.of("README.md", "# Shop\n"));
        this.connector.createPr(REPO, "Fix the typo", "", "agent/fix", "main");

        assertThat(foreseen()).containsOnly(Restoration.RESTORED);
        assertThat(rollBack())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED, Restoration.RESTORED, Restoration.RESTORED);

        assertThat(this.shop.head("agent/fix")).isEmpty();
        assertThat(ticket(1).state()).isEqualTo("closed");
        assertThat(undone()).containsOnly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aMergeThatPeopleRevertedAndAppliedAgainIsStillThere() {
        open();
        String merge = this.shop.tickets().merge(1, "merge");
        assertThat(foreseen()).containsExactly(Restoration.CONFLICT);
        String revert = this.shop.commit(
                "main", Collections.singletonMap("a.txt", null), "Revert \"F\"\n\nThis reverts commit " + merge + ".");
        assertThat(foreseen()).containsExactly(Restoration.ALREADY_RESTORED);

        this.shop.commit("main", Map.of("a.txt", "a"), "Reapply \"F\"\n\nThis reverts commit " + revert + ".");

        assertThat(foreseen()).containsExactly(Restoration.CONFLICT);
    }

    @Test
    void aPullRequestThatTheRunMergedStaysAsMergedWhenItsMergeIsReverted() {
        int number = open();
        this.connector.mergePr(REPO, number, "merge");

        assertThat(foreseen()).containsExactly(Restoration.RESTORED, Restoration.ALREADY_RESTORED);
        assertThat(rollBack()).satisfies(answers -> {
            assertThat(answers.get(0).restoration()).isEqualTo(Restoration.RESTORED);
            assertThat(answers.get(1).restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
            assertThat(answers.get(1).detail()).contains("stays as merged");
        });
        assertThat(this.shop.file("main", "a.txt")).isEmpty();
    }
}
