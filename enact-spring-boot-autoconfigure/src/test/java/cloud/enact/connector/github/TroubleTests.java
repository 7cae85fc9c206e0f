package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.ConnectorReadiness;
import cloud.enact.undo.Restoration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A GitHub that refuses, is slow, breaks off, or says nothing. */
class TroubleTests extends GitHubTestBase {

    private static final String REPOSITORY = "/repos/acme/shop";

    @Test
    void aRateLimitFailsAtOnceWithTheTimeToWait() {
        this.github
                .faults()
                .on("GET", REPOSITORY)
                .always()
                .primaryRateLimit(Instant.now().plusSeconds(3600));

        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix"))
                .isInstanceOf(GitHubException.class)
                .hasMessageContaining("API rate limit exceeded")
                .hasMessageMatching(".*try again in 3[56]\\d\\d seconds.*");
    }

    @Test
    void aSecondaryRateLimitOnAWriteChangesNothingAndSaysHowLongToWait() {
        this.github.faults().onMutation("updateRefs").secondaryRateLimit(403, 17);

        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix"))
                .hasMessageContaining("try again in 17 seconds")
                .hasMessageContaining("the change was not made");

        assertThat(this.shop.head("agent/fix")).isEmpty();
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void tooManyRequestsAreARateLimitToo() {
        this.github.faults().on("GET", REPOSITORY).always().secondaryRateLimit(429, 5);

        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix"))
                .hasMessageContaining("429")
                .hasMessageContaining("try again in 5 seconds");
    }

    @Test
    void aRefusalHasTheNumberAndTheWordsOfGitHub() {
        this.github.faults().on("POST", REPOSITORY + "/issues").answer(422, "Validation Failed");

        assertThatThrownBy(() -> this.connector.createIssue(REPO, "Broken", "", List.of()))
                .hasMessageContaining("GitHub said 422: Validation Failed");
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aWriteThatFailsWithinGitHubIsLookedFor() {
        this.github.faults().onMutation("updateRefs").answerAfterActing(502, "Bad gateway");

        this.connector.createBranch(REPO, "agent/fix");

        assertThat(this.shop.head("agent/fix")).contains(main());
        assertThat(undone()).containsExactly(Restoration.RESTORED);
    }

    @Test
    void aWriteThatFailsWithinGitHubAndIsNotThereIsInDoubt() {
        this.github.faults().onMutation("updateRefs").answer(500, "Trouble");

        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix"))
                .hasMessageContaining("may have happened");

        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aReadThatFailsChangesNothing() {
        this.github.faults().on("GET", REPOSITORY).always().answer(500, "Trouble");

        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix")).hasMessageContaining("500: Trouble");
        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void aBranchInDoubtIsFoundByUndo() {
        this.github.faults().onMutation("updateRefs").cutResponse();
        this.github
                .faults()
                .on("GET", REPOSITORY + "/git/ref/heads/agent/fix")
                .after(1)
                .answer(503, "Trouble");

        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix"))
                .hasMessageContaining("may have happened");

        assertThat(this.shop.head("agent/fix")).isPresent();
        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(this.shop.head("agent/fix")).isEmpty();
    }

    @Test
    void aDeletionInDoubtIsFoundByUndo() {
        String work = this.shop.commit("feature", Map.of("a.txt", "a"), "Work");
        Object before = this.shop.state();
        this.github.faults().onMutation("updateRefs").dropResponse();
        this.github.faults().on("GET", REPOSITORY + "/git/ref/enact/pin/.*").answer(503, "Trouble");

        assertThatThrownBy(() -> this.connector.deleteBranch(REPO, "feature"))
                .hasMessageContaining("may have happened");

        assertThat(undone()).containsExactly(Restoration.RESTORED);
        assertThat(this.shop.head("feature")).contains(work);
        assertThat(this.shop.state()).isEqualTo(before);
    }

    @Test
    void aBranchThatAPersonDeletedWhileOursNeverArrivedStaysGone() {
        this.shop.commit("feature", Map.of("a.txt", "a"), "Work");
        this.github.faults().onMutation("updateRefs").dropRequest();
        assertThatThrownBy(() -> this.connector.deleteBranch(REPO, "feature"))
                .hasMessageContaining("may have happened");
        this.shop.deleteBranch("feature");

        assertThat(foreseen()).containsExactly(Restoration.ALREADY_RESTORED);
        assertThat(undone()).containsExactly(Restoration.ALREADY_RESTORED);

        assertThat(this.shop.head("feature")).isEmpty();
    }

    @Test
    void nobodyWaitsForASlowAnswer() {
        CountDownLatch released = new CountDownLatch(1);
        this.github.faults().on("GET", REPOSITORY).always().holdUntil(released);
        try {
            GitHubConnector hasty = builder()
                    .operations(ALL)
                    .requestTimeout(Duration.ofMillis(300))
                    .build(this.steps);

            assertThatThrownBy(() -> hasty.createBranch(REPO, "agent/fix"))
                    .hasMessageContaining("did not answer within 300 ms");
        } finally {
            released.countDown();
        }
    }

    @Test
    void whatCanNotBeReachedChangesNothing() {
        URI nowhere = this.github.endpoint();
        this.github.close();
        GitHubConnector connector = GitHubConnector.at(nowhere, "t0ken")
                .repositories(List.of(REPO))
                .operations(ALL)
                .build(this.steps);

        assertThatThrownBy(() -> connector.createBranch(REPO, "agent/fix")).hasMessageContaining("can't be reached");
        assertThat(connector.check().state()).isEqualTo(ConnectorReadiness.State.UNREACHABLE);
    }

    @Test
    void aWriteIsNeverSentTwice() {
        var fault = this.github.faults().on("POST", REPOSITORY + "/issues");
        fault.always().dropRequest();

        assertThatThrownBy(() -> this.connector.createIssue(REPO, "Broken", "", List.of()))
                .hasMessageContaining("may have happened");

        assertThat(fault.seen()).isEqualTo(1);
    }

    @Test
    void nothingIsAskedThatIsNotNeeded() {
        this.connector.createBranch(REPO, "agent/fix");

        assertThat(this.github.requests())
                .extracting(Object::toString)
                .containsExactly(
                        "GET " + REPOSITORY,
                        "GET " + REPOSITORY,
                        "GET " + REPOSITORY + "/git/ref/heads/main",
                        "GET " + REPOSITORY + "/git/ref/heads/agent/fix",
                        "POST /graphql");
    }

    @Test
    void aRedirectIsNotFollowed() {
        this.github.faults().on("GET", REPOSITORY).always().answer(301, "Moved Permanently");

        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix")).hasMessageContaining("has moved");
    }

    @Test
    void theTokenIsShownNowhere() {
        String token = this.github.token();
        this.github.faults().on("GET", REPOSITORY).always().answer(400, "You said Bearer " + token);
        ByteArrayOutputStream trace = new ByteArrayOutputStream();

        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix"))
                .satisfies(ex -> ex.printStackTrace(new PrintStream(trace)));

        assertThat(trace.toString()).contains("You said Bearer ***").doesNotContain(token);
        assertThat(this.connector.toString() + builder()).doesNotContain(token);
        assertThat(this.connector.check().toString()).doesNotContain(token);
    }

    @Test
    void aTokenThatIsNotValidIsToldAtTheStart() {
        GitHubConnector other = GitHubConnector.at(this.github.endpoint(), "ghp_somethingElse")
                .repositories(List.of(REPO))
                .operations(ALL)
                .build(this.steps);

        assertThat(other.check().state()).isEqualTo(ConnectorReadiness.State.REFUSED);
        assertThat(other.check().detail()).contains("401").contains("not valid").doesNotContain("ghp_");
    }

    @Test
    void aRightThatIsMissingIsToldAtTheStartAndBeforeTheFirstChange() {
        this.shop.writable(false);

        assertThat(this.connector.check().state()).isEqualTo(ConnectorReadiness.State.REFUSED);
        assertThat(this.connector.check().detail())
                .contains("create_branch")
                .contains("undoing")
                .contains("'push'")
                .contains(REPO);
        assertThatThrownBy(() -> this.connector.createBranch(REPO, "agent/fix")).hasMessageContaining("'push'");
    }

    @Test
    void readingNeedsNoRightToPush() {
        this.shop.writable(false);

        assertThat(connector(List.of("get_file", "list_branches"), this.steps)
                        .check()
                        .state())
                .isEqualTo(ConnectorReadiness.State.READY);
    }

    @Test
    void aRepositoryThatIsNotThereIsToldAtTheStart() {
        GitHubConnector other = GitHubConnector.at(this.github.endpoint(), this.github.token())
                .repositories(List.of("acme/gone"))
                .operations(List.of("create_branch"))
                .build(this.steps);

        assertThat(other.check().detail()).contains("acme/gone does not exist");
    }

    @Test
    void aRecordOfAnotherGitHubIsNotTouched() {
        this.connector.createBranch(REPO, "agent/fix");
        this.github.close();
        GitHubConnector elsewhere = GitHubConnector.at(URI.create("https://github.example.com/api/v3"), "t0ken")
                .operations(ALL)
                .build(this.steps);

        assertThat(this.steps.undoAll(elsewhere.undo())).singleElement().satisfies(answer -> {
            assertThat(answer.restoration()).isEqualTo(Restoration.FAILED);
            assertThat(answer.detail()).contains("configure the old endpoint");
        });
    }
}
