package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.connector.ConnectorException;
import cloud.enact.doubles.github.Fault;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else moves, makes or deletes a reference after it was read and before it is written. */
class RefRaceTests {

    @TempDir
    Path directory;

    private GitHubAtWork work;

    private String start;

    @BeforeEach
    void startGitHub() throws Exception {
        this.work = new GitHubAtWork(this.directory);
        this.start = this.work.shop.commit("main", Map.of("a.txt", "1\n2\n3\n", "b.txt", "b\n"), "Add files");
    }

    @AfterEach
    void stopGitHub() {
        this.work.close();
    }

    @Test
    void aPushToABranchThatMovesIsNotDone() {
        beforeMoving(0).beforeActing(() -> person("main"));

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.push("main", "a.txt", "other\n"))
                .withMessageContaining("moved by somebody");

        assertThat(this.work.shop.file("main", "person.txt")).isPresent();
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(this.work.shop.file("main", "person.txt")).isPresent();
    }

    @Test
    void aPushToABranchThatIsDeletedDoesNotMakeItAgain() {
        this.work.shop.branch("feature", this.start);
        beforeMoving(0).beforeActing(() -> this.work.shop.deleteBranch("feature"));

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.push("feature", "a.txt", "other\n"));

        assertThat(this.work.shop.head("feature")).isEmpty();
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aBranchThatSomebodyMakesFirstIsTheirs() {
        String theirs = this.work.shop.commit("else", Map.of("x", "x\n"), "Else");
        beforeMoving(0).beforeActing(() -> this.work.shop.branch("feature", theirs));

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.connector().createBranch(this.work.repo(), "feature", "main"));

        assertThat(this.work.head("feature")).isEqualTo(theirs);
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(this.work.head("feature")).isEqualTo(theirs);
    }

    @Test
    void aBranchThatMovesIsNotDeleted() {
        this.work.shop.branch("feature", this.start);
        beforeMoving(0).beforeActing(() -> person("feature"));

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.connector().deleteBranch(this.work.repo(), "feature"));

        assertThat(this.work.shop.file("feature", "person.txt")).isPresent();
        assertThat(this.work.refs()).containsOnlyKeys("refs/heads/main", "refs/heads/feature");
    }

    @Test
    void aMadeBranchThatMovesIsNotDeletedByUndo() {
        this.work.connector().createBranch(this.work.repo(), "feature", "main");
        beforeMoving(0).beforeActing(() -> person("feature"));

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.CONFLICT);

        assertThat(this.work.shop.file("feature", "person.txt")).isPresent();
    }

    @Test
    void aDeletedBranchThatSomebodyMakesIsNotMovedByUndo() {
        this.work.shop.branch("feature", this.start);
        this.work.connector().deleteBranch(this.work.repo(), "feature");
        String theirs = this.work.shop.commit("else", Map.of("x", "x\n"), "Else");
        beforeMoving(0).beforeActing(() -> this.work.shop.branch("feature", theirs));

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.CONFLICT);

        assertThat(this.work.head("feature")).isEqualTo(theirs);
    }

    @Test
    void aPushedBranchThatMovesIsRevertedInsteadOfSetBack() {
        this.work.push("main", "a.txt", "other\n");
        beforeMoving(0).beforeActing(() -> person("main"));

        StepRestoration undone = reset().undo().undo(this.work.record(), false);

        assertThat(undone.output()).containsEntry("operation", "revert_commit");
        assertRevertedBesidePerson();
    }

    @Test
    void aPushedBranchThatIsDeletedStaysDeleted() {
        this.work.shop.branch("feature", this.start);
        this.work.push("feature", "a.txt", "other\n");
        beforeMoving(0).beforeActing(() -> this.work.shop.deleteBranch("feature"));

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);

        assertThat(this.work.refs()).containsOnlyKeys("refs/heads/main");
    }

    @Test
    void aPinThatSomebodyMovedIsNoReasonToLoseTheCommit() {
        this.work.push("main", "a.txt", "other\n");
        String pushed = this.work.head("main");
        String pin = "refs/enact/pin/" + Change.id(this.work.record().digest());
        beforeMoving(0).beforeActing(() -> this.work.git().update(List.of(RefUpdate.create(pin, this.start))));

        assertThat(reset().undo().undo(this.work.record(), false).restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.shop.file("main", "a.txt")).contains("1\n2\n3\n");
        GitData git = this.work.git();
        assertThat(Descent.between(git, pushed, this.work.head("main")).isDescendant())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aBaseThatMovesIsRevertedFromWhereItIs(int times) {
        merge();
        person("main");
        beforeMoving(1).times(times).beforeActing(() -> person("main"));

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertRevertedBesidePerson();
    }

    @Test
    void aBaseThatNeverStandsStillIsLeftAlone() {
        merge();
        person("main");
        this.work.github.faults().onMutation("updateRefs").always().beforeActing(() -> person("main"));

        StepRestoration undone = this.work.undo();

        assertThat(undone.restoration()).isEqualTo(Restoration.FAILED);
        assertThat(undone.detail()).contains("moved by others");
        assertThat(this.work.shop.file("main", "feature.txt")).isPresent();
        assertThat(this.work.branches()).containsOnlyKeys("refs/heads/main", "refs/heads/feature");
        this.work.github.faults().clear();
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);
        assertRevertedBesidePerson();
    }

    @Test
    void aBaseThatIsRewrittenIsLeftAlone() {
        merge();
        person("main");
        beforeMoving(1).beforeActing(() -> {
            this.work.shop.forcePush("main", this.start);
            this.work.shop.commit("main", Map.of("rewritten.txt", "x\n"), "Rewrite");
        });

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.CONFLICT);

        assertThat(this.work.shop.file("main", "rewritten.txt")).isPresent();
        assertThat(this.work.branches()).containsOnlyKeys("refs/heads/main", "refs/heads/feature");
    }

    @Test
    void aBaseThatIsDeletedStaysDeleted() {
        this.work.shop.branch("release", this.start);
        merge("release");
        person("release");
        beforeMoving(1).beforeActing(() -> this.work.shop.deleteBranch("release"));

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.CONFLICT);

        assertThat(this.work.branches()).containsOnlyKeys("refs/heads/main", "refs/heads/feature");
    }

    @Test
    void aTemporaryBranchThatSomebodyDeletesBeforeTheMergeIsMadeAgain() {
        merge();
        person("main");
        this.work.github.faults().on("POST", ".*/merges").beforeActing(this::deleteTemporary);

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertRevertedBesidePerson();
    }

    @Test
    void aTemporaryBranchThatSomebodyMovesBeforeTheMergeChangesNothing() {
        merge();
        person("main");
        String evil = this.work.shop.commit("evil", Map.of("evil.txt", "evil\n"), "Evil");
        this.work
                .github
                .faults()
                .on("POST", ".*/merges")
                .beforeActing(() -> this.work.shop.forcePush(temporary(), evil));

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.FAILED);

        assertThat(this.work.shop.file("main", "evil.txt")).isEmpty();
        assertThat(this.work.branches()).containsOnlyKeys("refs/heads/main", "refs/heads/feature", "refs/heads/evil");
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);
        assertRevertedBesidePerson();
    }

    @Test
    void aTemporaryBranchThatSomebodyDeletesBeforeTheBaseMovesIsMadeAgain() {
        merge();
        person("main");
        beforeMoving(1).beforeActing(this::deleteTemporary);

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertRevertedBesidePerson();
    }

    @Test
    void aHeadThatMovesIsNotMerged() {
        int number = openPullRequest("main");
        this.work.github.faults().on("PUT", ".*/merge").beforeActing(() -> person("feature"));

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.connector().mergePr(this.work.repo(), number, "merge"))
                .withMessageContaining("409");

        assertThat(this.work.head("main")).isEqualTo(this.start);
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "squash", "rebase"})
    void aBaseThatMovesBeforeTheMergeKeepsWhatCameToIt(String method) {
        int number = openPullRequest("main");
        this.work.github.faults().on("PUT", ".*/merge").beforeActing(() -> person("main"));
        this.work.connector().mergePr(this.work.repo(), number, method);

        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.RESTORED);

        assertRevertedBesidePerson();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoUndosOfOneStepAreOne(boolean moved) throws Exception {
        merge();
        if (moved) {
            person("main");
        }
        UndoRecord record = this.work.record();
        List<StepRestoration> undone = atOnce(() -> this.work.connector().undo().undo(record, false));

        assertThat(undone)
                .extracting(StepRestoration::restoration)
                .isSubsetOf(Restoration.RESTORED, Restoration.ALREADY_RESTORED);
        assertThat(this.work.undo().restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(this.work.shop.file("main", "feature.txt")).isEmpty();
        assertThat(reverts()).isOne();
        assertThat(this.work.branches()).containsOnlyKeys("refs/heads/main", "refs/heads/feature");
    }

    @Test
    void twoResetsOfOneStepAreOne() throws Exception {
        this.work.push("main", "a.txt", "other\n");
        UndoRecord record = this.work.record();

        assertThat(atOnce(() -> reset().undo().undo(record, false)))
                .extracting(StepRestoration::restoration)
                .isSubsetOf(Restoration.RESTORED, Restoration.ALREADY_RESTORED);

        assertThat(this.work.head("main")).isEqualTo(this.start);
    }

    @Test
    void twoRevertPullRequestsOfOneStepAreOne() throws Exception {
        merge();
        this.work.shop.protect("main");
        UndoRecord record = this.work.record();

        assertThat(atOnce(() -> this.work.connector().undo().undo(record, false)))
                .extracting(StepRestoration::restoration)
                .containsOnly(Restoration.PENDING);

        assertThat(this.work.branches()).hasSize(3);
        assertThat(this.work.connector().getPr(this.work.repo(), 2).output()).containsEntry("state", "open");
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> this.work.connector().getPr(this.work.repo(), 3));
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier both = new CyclicBarrier(2);
            Callable<T> together = () -> {
                both.await();
                return work.call();
            };
            Future<T> one = threads.submit(together);
            Future<T> other = threads.submit(together);
            return List.of(one.get(), other.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private Fault beforeMoving(int passed) {
        return this.work.github.faults().onMutation("updateRefs").after(passed);
    }

    private void person(String branch) {
        this.work.shop.commit(branch, Map.of("person.txt", "person " + System.nanoTime() + "\n"), "A person's");
    }

    private int openPullRequest(String base) {
        this.work.shop.branch("feature", this.start);
        this.work.shop.commit("feature", Map.of("feature.txt", "feature\n"), "Feature");
        return this.work.openPullRequest("Feature", "feature", base);
    }

    private void merge() {
        merge("main");
    }

    private void merge(String base) {
        this.work.connector().mergePr(this.work.repo(), openPullRequest(base), "merge");
    }

    private String temporary() {
        return this.work.branches().keySet().stream()
                .filter(ref -> ref.startsWith("refs/heads/enact/undo/"))
                .findFirst()
                .orElseThrow()
                .substring("refs/heads/".length());
    }

    private void deleteTemporary() {
        this.work.shop.deleteBranch(temporary());
    }

    private GitHubConnector reset() {
        return this.work.builder().resetPushes(true).build(this.work.steps);
    }

    private long reverts() {
        return Descent.between(this.work.git(), this.start, this.work.head("main")).since().stream()
                .filter(commit -> commit.message().contains("Enact-Undo: "))
                .count();
    }

    private void assertRevertedBesidePerson() {
        assertThat(this.work.shop.file("main", "person.txt")).isPresent();
        assertThat(this.work.shop.file("main", "feature.txt")).isEmpty();
        assertThat(this.work.shop.file("main", "a.txt")).contains("1\n2\n3\n");
        assertThat(reverts()).isOne();
        assertThat(this.work.branches().keySet()).noneMatch(ref -> ref.contains("enact/undo"));
    }
}
