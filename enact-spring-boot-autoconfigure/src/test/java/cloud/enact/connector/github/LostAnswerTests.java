package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.doubles.github.Fault;
import cloud.enact.doubles.github.GitHubRequest;
import cloud.enact.undo.Restoration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change, and every undo of one, whose answer does not come. */
class LostAnswerTests extends GitHubTestBase {

    /** A change that GitHub makes. */
    enum Change {
        CREATE_BRANCH(test -> test.connector.createBranch(REPO, "agent/fix")),
        DELETE_BRANCH(test -> test.connector.deleteBranch(REPO, "feature")),
        CREATE_PR(test -> test.connector.createPr(REPO, "Add a", "", "feature", "main")),
        CLOSE_PR(test -> test.connector.closePr(REPO, test.shop.tickets().openPullRequest("A", "feature", "main"))),
        CREATE_ISSUE(test -> test.connector.createIssue(REPO, "Broken", "", List.of())),
        CLOSE_ISSUE(test -> test.connector.closeIssue(REPO, 1)),
        COMMENT(test -> test.connector.comment(REPO, 1, "I look at it.")),
        ADD_LABEL(test -> test.connector.addLabel(REPO, 1, "bug"));

        private final Consumer<LostAnswerTests> does;

        Change(Consumer<LostAnswerTests> does) {
            this.does = does;
        }
    }

    /** How an answer gets lost, after the change was made. */
    enum Loss {
        DROPPED(Fault::dropResponse),
        CUT(Fault::cutResponse),
        FAILURE(fault -> fault.answerAfterActing(502, "Bad gateway"));

        private final Consumer<Fault> happens;

        Loss(Consumer<Fault> happens) {
            this.happens = happens;
        }
    }

    static Stream<Arguments> losses() {
        return Stream.of(Change.values())
                .flatMap(change -> Stream.of(Loss.values()).map(loss -> Arguments.of(change, loss)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aChangeWhoseAnswerIsLostIsMadeOnceAndUndoneOnce(Change change, Loss loss) {
        this.shop.tickets().openIssue("Theirs", "Text");
        this.shop.commit("feature", Map.of("a.txt", "a"), "Add a");
        Fault doing = this.github.faults().on(GitHubRequest::isWrite);
        loss.happens.accept(doing);

        change.does.accept(this);

        assertThat(doing.seen()).as("changes").isEqualTo(1);
        Object done = this.shop.state();
        Fault undoing = this.github.faults().on(GitHubRequest::isWrite);
        loss.happens.accept(undoing);

        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(undoing.seen()).as("undoing changes").isEqualTo(1);
        assertThat(this.shop.state()).isNotEqualTo(done);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @ParameterizedTest
    @EnumSource
    void anUndoThatNeverArrivesFailsAndIsTriedAgain(Change change) {
        this.shop.tickets().openIssue("Theirs", "Text");
        this.shop.commit("feature", Map.of("a.txt", "a"), "Add a");
        change.does.accept(this);
        Object done = this.shop.state();
        this.github.faults().on(GitHubRequest::isWrite).dropRequest();

        assertThat(undone()).containsExactly(Restoration.FAILED);

        assertThat(this.shop.state()).isEqualTo(done);
        assertThat(undone()).containsExactly(Restoration.RESTORED);
    }
}
