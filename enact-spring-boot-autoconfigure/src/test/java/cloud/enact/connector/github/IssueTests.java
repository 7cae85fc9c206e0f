package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.doubles.github.RepositoryState.TicketState;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Issues, comments and labels. */
class IssueTests extends GitHubTestBase {

    private TicketState ticket(int number) {
        return this.shop.state().tickets().get(number);
    }

    private StepResult open() {
        return this.connector.createIssue(REPO, "Broken", "It is.", List.of("bug"));
    }

    @Test
    void anIssueIsOpenedAndClosedAgain() {
        assertThat(open().output()).containsEntry("number", 1L).containsKey("url");
        assertThat(ticket(1).labels()).containsExactly("bug");
        assertThat(ticket(1).body()).startsWith("It is.");

        assertThat(foreseen()).containsExactly(Restoration.RESTORED);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(ticket(1).state()).isEqualTo("closed");
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void anIssueWithTheSameTitleAndContentThatIsOpenIsFoundDone() {
        open();

        StepResult again = open();

        assertThat(again.alreadyDone()).isEqualTo("created");
        assertThat(again.output()).containsEntry("number", 1L);
        assertThat(this.shop.state().tickets()).hasSize(1);
    }

    @Test
    void anIssueWithTheSameTitleAndOtherContentIsAnotherOne() {
        open();
        this.shop.tickets().openIssue("Broken", "It is.");

        assertThat(this.connector
                        .createIssue(REPO, "Broken", "Differently.", List.of())
                        .alreadyDone())
                .isNull();
        assertThat(this.shop.state().tickets()).hasSize(3);
    }

    @Test
    void anIssueThatSomebodyElseWroteToLookLikeOursIsNotTakenForIt() {
        open();
        String ours = String.valueOf(ticket(1).body());
        this.shop.tickets().close(1);
        this.shop.tickets().openIssue("Broken", ours);

        assertThat(open().alreadyDone()).isNull();
    }

    @Test
    void aLabelTheRepositoryDoesNotHaveIsNotMade() {
        assertThatThrownBy(() -> this.connector.createIssue(REPO, "Broken", "", List.of("nonsense")))
                .hasMessageContaining("no label 'nonsense'");
        assertThat(this.shop.state().labels()).containsExactly("bug");
    }

    @Test
    void anIssueWhoseAnswerGotLostIsFoundAndNotOpenedTwice() {
        this.github.faults().on("POST", "/repos/acme/shop/issues").dropResponse();

        assertThat(open().output()).containsEntry("number", 1L);

        assertThat(this.shop.state().tickets()).hasSize(1);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
    }

    @Test
    void anIssueInDoubtIsFoundByTheNextAttemptAndByUndo() {
        this.github.faults().on("POST", "/repos/acme/shop/issues").dropResponse();
        this.github.faults().on("GET", "/repos/acme/shop/issues").after(1).answer(500, "Trouble");
        assertThatThrownBy(this::open).hasMessageContaining("may have happened");

        assertThat(open().alreadyDone()).isEqualTo("created");
        assertThat(this.shop.state().tickets()).hasSize(1);

        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(ticket(1).state()).isEqualTo("closed");
    }

    @Test
    void aClosedIssueIsOpenedAgainAndItsLabelsAreUntouched() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        this.shop.tickets().label(theirs, "bug");
        Object before = this.shop.state();

        this.connector.closeIssue(REPO, theirs);

        assertThat(ticket(theirs).state()).isEqualTo("closed");
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(this.shop.state()).isEqualTo(before);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void anIssueThatIsClosedIsFoundDone() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        this.shop.tickets().close(theirs);

        assertThat(this.connector.closeIssue(REPO, theirs).alreadyDone()).isEqualTo("closed");
        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void aClosingWhoseAnswerGotLostIsFound() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        this.github.faults().on("PATCH", "/repos/acme/shop/issues/" + theirs).dropResponse();

        assertThat(this.connector.closeIssue(REPO, theirs).alreadyDone()).isNull();

        assertThat(undone()).containsExactly(Restoration.RESTORED);
    }

    @Test
    void aClosingThatNeverArrivedIsNotUndone() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        this.github.faults().on("PATCH", "/repos/acme/shop/issues/" + theirs).dropRequest();

        assertThatThrownBy(() -> this.connector.closeIssue(REPO, theirs)).hasMessageContaining("may have happened");

        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aPullRequestIsNotClosedAsAnIssue() {
        this.shop.commit("feature", java.util.Map.of("a.txt", "a"), "Add a");
        int pull = this.shop.tickets().openPullRequest("Add a", "feature", "main");

        assertThatThrownBy(() -> this.connector.closeIssue(REPO, pull)).hasMessageContaining("is a pull request");
    }

    @Test
    void aCommentIsWrittenAndDeletedAgain() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        Object before = this.shop.state();

        StepResult result = this.connector.comment(REPO, theirs, "I look at it.");

        assertThat(result.output()).containsKeys("id", "url");
        assertThat(ticket(theirs).comments())
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("I look at it."));
        assertThat(foreseen()).containsExactly(Restoration.RESTORED);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(this.shop.state()).isEqualTo(before);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aCommentThatSomebodyEditedStays() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        long id = (Long)
                this.connector.comment(REPO, theirs, "I look at it.").output().get("id");
        this.shop.tickets().editComment(id, "I look at it.\n\nEdit: thank you.");

        assertThat(foreseen()).containsExactly(Restoration.CONFLICT);
        assertThat(undone()).containsExactly(Restoration.CONFLICT);
        assertThat(ticket(theirs).comments()).hasSize(1);

        assertThat(rollBack(true)).extracting("restoration").containsExactly(Restoration.RESTORED);
        assertThat(ticket(theirs).comments()).isEmpty();
    }

    @Test
    void aCommentWhoseAnswerGotLostIsFoundAndNotWrittenTwice() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        this.github
                .faults()
                .on("POST", "/repos/acme/shop/issues/" + theirs + "/comments")
                .dropResponse();

        this.connector.comment(REPO, theirs, "I look at it.");

        assertThat(ticket(theirs).comments()).hasSize(1);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(ticket(theirs).comments()).isEmpty();
    }

    @Test
    void aCommentInDoubtIsFoundByUndoAndDeleted() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        String comments = "/repos/acme/shop/issues/" + theirs + "/comments";
        this.github.faults().on("POST", comments).cutResponse();
        this.github.faults().on("GET", comments).answer(503, "Trouble");
        assertThatThrownBy(() -> this.connector.comment(REPO, theirs, "I look at it."))
                .hasMessageContaining("may have happened");

        assertThat(undone()).containsExactly(Restoration.RESTORED);

        assertThat(ticket(theirs).comments()).isEmpty();
    }

    @Test
    void aLabelIsPutOnAndTakenOffAgain() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        Object before = this.shop.state();

        this.connector.addLabel(REPO, theirs, "bug");

        assertThat(ticket(theirs).labels()).containsExactly("bug");
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(this.shop.state()).isEqualTo(before);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void policiesSeeALabelAsTheRepositoryWritesIt() {
        int theirs = this.shop.tickets().openIssue("Theirs", "");

        assertThat(this.connector
                        .prepare("add_label", Map.of("repo", REPO, "number", (long) theirs, "label", "BUG"))
                        .args())
                .containsEntry("label", "bug");
        assertThat(this.connector
                        .prepare("create_issue", Map.of("repo", REPO, "title", "T", "labels", List.of("Bug")))
                        .args())
                .containsEntry("labels", List.of("bug"));
    }

    @Test
    void aLabelThatIsThereIsFoundDoneAndStays() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        this.shop.tickets().label(theirs, "bug");

        assertThat(this.connector.addLabel(REPO, theirs, "bug").alreadyDone()).isEqualTo("labelled");
        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void aLabelWhoseAnswerGotLostIsFound() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        this.github
                .faults()
                .on("POST", "/repos/acme/shop/issues/" + theirs + "/labels")
                .dropResponse();

        this.connector.addLabel(REPO, theirs, "bug");

        assertThat(undone()).containsExactly(Restoration.RESTORED);
    }

    @Test
    void anUndoWhoseAnswerGotLostLooksAtWhatIsThere() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        this.connector.closeIssue(REPO, theirs);
        this.github.faults().on("PATCH", "/repos/acme/shop/issues/" + theirs).dropResponse();

        assertThat(undone()).containsExactly(Restoration.RESTORED);
    }

    @Test
    void anUndoThatNeverArrivedIsTriedAgain() {
        int theirs = this.shop.tickets().openIssue("Theirs", "Text");
        this.connector.closeIssue(REPO, theirs);
        this.github.faults().on("PATCH", "/repos/acme/shop/issues/" + theirs).dropRequest();

        assertThat(undone()).containsExactly(Restoration.FAILED);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
    }
}
