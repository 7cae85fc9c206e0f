package cloud.enact.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was undone by mistake is done again. */
class GitHubRedoTests {

    @TempDir
    Path directory;

    private GitHubAtWork work;

    private int undone;

    @BeforeEach
    void startGitHub() throws Exception {
        this.work = new GitHubAtWork(this.directory);
        this.work.shop.commit("main", Map.of("a.txt", "1\n2\n3\n"), "Add a file");
        this.work.shop.branch("feature", this.work.head("main"));
        this.work.shop.commit("feature", Map.of("new.txt", "new\n"), "First");
        this.work.shop.commit("feature", Map.of("a.txt", "x\n"), "Second");
    }

    @AfterEach
    void stopGitHub() {
        this.work.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "squash", "rebase"})
    void aMergeThatWasTakenBackIsThereAgainAndCanBeTakenBackAgain(String method) throws Exception {
        merge(method);
        String merged = this.work.shop.tree("main");
        StepUndo undo = this.work.connector().undo();
        UndoRecord first = undo(undo, this.work.record());
        this.work.shop.commit("main", Map.of("person.txt", "person\n"), "A person's");

        assertThat(undo.precheck(List.of(first)).get(0).restoration()).isEqualTo(Restoration.RESTORED);
        UndoRecord second = undo(undo, first);
        assertThat(this.work.shop.file("main", "new.txt")).contains("new\n");
        assertThat(this.work.shop.file("main", "person.txt")).isPresent();
        assertThat(undo.undo(first, false).restoration()).isEqualTo(Restoration.ALREADY_RESTORED);

        UndoRecord third = undo(undo, second);
        assertThat(this.work.shop.file("main", "new.txt")).isEmpty();
        undo(undo, third);
        assertThat(this.work.shop.file("main", "new.txt")).contains("new\n");
        assertThat(this.work.shop.file("main", "person.txt")).isPresent();
        assertThat(merged).isNotEqualTo(this.work.shop.tree("main"));
        assertThat(this.work.branches()).containsOnlyKeys("refs/heads/main", "refs/heads/feature");
    }

    @Test
    void aPushThatWasSetBackIsThereAgainAndItsPinGone() throws Exception {
        this.work.push("main", "a.txt", "other\n");
        String pushed = this.work.head("main");
        StepUndo undo =
                this.work.builder().resetPushes(true).build(this.work.steps).undo();
        UndoRecord redo = undo(undo, this.work.record());
        assertThat(this.work.refs()).hasSize(3);

        assertThat(undo.undo(redo, false).restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.head("main")).isEqualTo(pushed);
        assertThat(this.work.branches()).isEqualTo(this.work.refs());
        assertThat(undo.undo(redo, false).restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(undo.undo(this.work.record(), false).restoration()).isEqualTo(Restoration.RESTORED);
    }

    @Test
    void aPushThatWasSetBackComesAndGoesAsOftenAsSomebodyChangesTheirMind() throws Exception {
        String before = this.work.head("main");
        this.work.push("main", "a.txt", "other\n");
        String pushed = this.work.head("main");
        StepUndo undo =
                this.work.builder().resetPushes(true).build(this.work.steps).undo();
        UndoRecord record = this.work.record();
        for (int i = 0; i < 3; i++) {
            record = undo(undo, record);
            assertThat(this.work.head("main")).isEqualTo(before);
            assertThat(undo.precheck(List.of(record)).get(0).restoration()).isEqualTo(Restoration.RESTORED);
            record = undo(undo, record);
            assertThat(this.work.head("main")).isEqualTo(pushed);
            assertThat(undo.precheck(List.of(record)).get(0).restoration()).isEqualTo(Restoration.RESTORED);
        }
        assertThat(this.work.branches()).isEqualTo(this.work.refs());
    }

    @Test
    void aPushThatWasSetBackStaysAwayWhereSomebodyWorkedSince() throws Exception {
        this.work.push("main", "a.txt", "other\n");
        StepUndo undo =
                this.work.builder().resetPushes(true).build(this.work.steps).undo();
        UndoRecord redo = undo(undo, this.work.record());
        String theirs = this.work.shop.commit("main", Map.of("person.txt", "person\n"), "A person's");

        assertThat(undo.undo(redo, false).restoration()).isEqualTo(Restoration.CONFLICT);

        assertThat(this.work.head("main")).isEqualTo(theirs);
    }

    @Test
    void aBranchMovesOnToWhatWasTakenOffItInOrder() throws Exception {
        this.work.push("main", "a.txt", "1\n");
        this.work.push("main", "a.txt", "2\n");
        String pushed = this.work.head("main");
        StepUndo undo =
                this.work.builder().resetPushes(true).build(this.work.steps).undo();
        List<UndoRecord> steps = this.work.steps.records();
        UndoRecord second = undo(undo, steps.get(0));
        UndoRecord first = undo(undo, steps.get(1));

        assertThat(undo.undo(second, false).restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(undo.undo(first, false).restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(undo.undo(second, false).restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.head("main")).isEqualTo(pushed);
    }

    @Test
    void aRevertThatWaitsIsClosed() throws Exception {
        merge("merge");
        this.work.shop.protect("main");
        StepUndo undo = this.work.connector().undo();
        UndoRecord record = this.work.record();
        UndoRecord redo = next(Objects.requireNonNull(undo.reversal(record, this.work.blobs)));
        assertThat(undo.undo(record, false).restoration()).isEqualTo(Restoration.PENDING);

        assertThat(undo.undo(redo, false).restoration()).isEqualTo(Restoration.RESTORED);

        assertThat(this.work.connector().getPr(this.work.repo(), 2).output()).containsEntry("state", "closed");
    }

    @Test
    void whatNeverHappenedIsNotDoneAgain() throws Exception {
        merge("merge");
        StepUndo undo = this.work.connector().undo();
        UndoRecord redo = next(Objects.requireNonNull(undo.reversal(this.work.record(), this.work.blobs)));
        Map<String, String> before = this.work.refs();

        assertThat(undo.undo(redo, false).restoration()).isEqualTo(Restoration.ALREADY_RESTORED);

        assertThat(this.work.refs()).isEqualTo(before);
    }

    private void merge(String method) {
        this.work.connector().mergePr(this.work.repo(), this.work.openPullRequest("F", "feature", "main"), method);
    }

    /** Undoes a step, and returns that as a step. */
    private UndoRecord undo(StepUndo undo, UndoRecord record) throws Exception {
        BlobStore blobs = this.work.blobs;
        StepReversal reversal = Objects.requireNonNull(undo.reversal(record, blobs));
        assertThat(undo.undo(record, false).restoration()).isEqualTo(Restoration.RESTORED);
        return next(reversal);
    }

    private UndoRecord next(StepReversal reversal) {
        UndoRecord record = this.work.record();
        this.undone++;
        return new UndoRecord(
                record.position() + this.undone,
                record.runId(),
                record.actionId(),
                record.connector(),
                reversal.operation(),
                reversal.args(),
                reversal.reversibility(),
                reversal.capture().before(),
                new Fingerprint(reversal.capture().expected().values()),
                UndoRecord.State.DONE,
                "sha256:" + String.format("%064d", this.undone));
    }
}
