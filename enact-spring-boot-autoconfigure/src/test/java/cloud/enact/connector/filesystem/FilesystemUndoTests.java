package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesystemUndoTests extends FilesystemFixture {

    // --- steps on top of each other ---

    @Test
    void twoWritesOfOneFileAreForeseenAndUndone() throws IOException {
        file("a.txt", "zero");
        TreeSnapshot before = snapshot();

        this.connector.writeFile("a.txt", "one");
        this.connector.writeFile("a.txt", "two");

        assertUndone(before);
    }

    @Test
    void aFileMadeInADirectoryThatIsThenDeletedIsForeseenAndUndone() throws IOException {
        file("d/old.txt", "old");
        TreeSnapshot before = snapshot();

        this.connector.writeFile("d/new.txt", "new");
        this.connector.writeFile("d/sub/newer.txt", "newer");
        this.connector.deleteDir("d");

        assertUndone(before);
    }

    @Test
    void aDirectoryThatIsDeletedMadeAndDeletedAgainIsForeseenAndUndone() throws IOException {
        file("d/old.txt", "old");
        TreeSnapshot before = snapshot();

        this.connector.deleteDir("d");
        this.connector.writeFile("d/new.txt", "new");
        this.connector.deleteDir("d");
        this.connector.writeFile("d/x/y.txt", "once more");

        assertUndone(before);
    }

    @Test
    void aDirectoryOfTheRunThatIsDeletedWholeIsForeseenAndUndone() {
        TreeSnapshot before = snapshot();

        this.connector.writeFile("d/sub/a.txt", "a");
        this.connector.writeFile("d/b.txt", "b");
        this.connector.deleteDir("d/sub");
        this.connector.deleteDir("d");

        assertUndone(before);
    }

    @Test
    void aChainOfMovesIsForeseenAndUndone() throws IOException {
        file("a", "a");
        file("b", "b");
        TreeSnapshot before = snapshot();

        this.connector.moveFile("a", "x/t");
        this.connector.moveFile("b", "a");
        this.connector.moveFile("x/t", "b");
        this.connector.writeFile("b", "changed");
        this.connector.moveFile("b", "x/t");
        this.connector.deleteFile("x/t");

        assertUndone(before);
    }

    @Test
    void aDirectoryTwoStepsNeededGoesWithTheFirstOfThem() {
        TreeSnapshot before = snapshot();

        this.connector.writeFile("d/a.txt", "a");
        this.connector.writeFile("d/b.txt", "b");

        assertUndone(before);
    }

    // --- force, skip, order ---

    @Test
    void forceOverwrites() throws IOException {
        file("a.txt", "old");
        this.connector.writeFile("a.txt", "new");
        Files.writeString(this.root.resolve("a.txt"), "person's");

        StepRestoration forced = this.connector.undo().undo(this.steps.records().get(0), true);

        assertThat(forced.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(this.root.resolve("a.txt")).hasContent("old");
    }

    @Test
    void forceTakesAwayWhatWasNotThere() throws IOException {
        this.connector.writeFile("d/a.txt", "new");
        Files.writeString(this.root.resolve("d/a.txt"), "person's");

        StepRestoration forced = this.connector.undo().undo(this.steps.records().get(0), true);

        assertThat(forced.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(this.root.resolve("d")).doesNotExist();
    }

    @Test
    void afterAConflictOlderStepsAreJudgedAsIfItWereSettled() throws IOException {
        file("a.txt", "zero");
        this.connector.writeFile("a.txt", "one");
        this.connector.writeFile("a.txt", "two");
        Files.writeString(this.root.resolve("a.txt"), "person's");

        assertThat(this.steps.precheck(this.connector.undo()))
                .containsExactly(Restoration.CONFLICT, Restoration.RESTORED);
    }

    @Test
    void anOlderStepAloneIsAConflict() throws IOException {
        file("a.txt", "zero");
        this.connector.writeFile("a.txt", "one");
        this.connector.writeFile("a.txt", "two");
        UndoRecord older = this.steps.records().get(1);

        assertThat(this.connector.undo().undo(older, false).restoration()).isEqualTo(Restoration.CONFLICT);

        assertThat(this.root.resolve("a.txt")).hasContent("two");
    }

    @Test
    void aRunThatWasUndoneHalfwayIsUndoneToTheEnd() throws IOException {
        file("a.txt", "zero");
        file("d/b.txt", "b");
        TreeSnapshot before = snapshot();
        this.connector.writeFile("a.txt", "one");
        this.connector.deleteDir("d");
        this.connector.writeFile("a.txt", "two");
        this.connector.undo().undo(this.steps.records().get(0), false);
        this.connector.undo().undo(this.steps.records().get(1), false);

        // the newest is judged again: what it brought back is not what the run began with, but what it found
        assertThat(undoAll())
                .containsExactly(Restoration.ALREADY_RESTORED, Restoration.ALREADY_RESTORED, Restoration.RESTORED);

        assertThat(snapshot()).isEqualTo(before);
    }

    // --- records that don't fit ---

    @Test
    void aRecordOfAnotherRootIsNotTouchedUntilThatRootIsNamed() throws IOException {
        file("a.txt", "old");
        TreeSnapshot before = snapshot();
        this.connector.writeFile("a.txt", "new");
        UndoRecord record = this.steps.records().get(0);
        Path elsewhere = Files.createDirectory(this.temp.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("a.txt"), "new");

        try (FilesystemConnector moved =
                FilesystemConnector.undoOnly("filesystem", elsewhere, this.blobs, ContentKeeper.none())) {
            StepRestoration answer = moved.undo().undo(record, true);
            assertThat(answer.restoration()).isEqualTo(Restoration.FAILED);
            assertThat(answer.detail()).contains(this.root.toString()).contains("command line");
            assertThat(moved.undo().precheck(List.of(record)))
                    .extracting(StepRestoration::restoration)
                    .containsExactly(Restoration.FAILED);
        }
        assertThat(elsewhere.resolve("a.txt")).hasContent("new");

        Path recorded = FilesystemConnector.recordedRoot(record);
        try (FilesystemConnector undoOnly =
                FilesystemConnector.undoOnly("filesystem", recorded, this.blobs, ContentKeeper.none())) {
            assertThat(undoOnly.operations()).isEmpty();
            assertThat(undoOnly.undo().undo(record, false).restoration()).isEqualTo(Restoration.RESTORED);
        }
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void aRecordThatLeadsOutOfTheRootIsRefused() throws IOException {
        Path outside = Files.writeString(this.temp.resolve("outside"), "x");
        this.connector.writeFile("a.txt", "x");
        UndoRecord record = this.steps.records().get(0);
        for (String hostile : List.of("../outside", outside.toString(), "", ".enact/db", "a//b")) {
            UndoRecord forged = new UndoRecord(
                    record.position(),
                    record.runId(),
                    record.actionId(),
                    record.connector(),
                    record.operation(),
                    record.args(),
                    record.reversibility(),
                    new PreState(withPath(record.before().values(), hostile)),
                    new Fingerprint(withPath(record.fingerprint().values(), hostile)),
                    record.state(),
                    record.digest());

            assertThat(this.connector.undo().undo(forged, true).restoration()).isEqualTo(Restoration.FAILED);
            assertThat(this.connector.undo().precheck(List.of(forged)).get(0).restoration())
                    .isEqualTo(Restoration.FAILED);
        }
        assertThat(outside).hasContent("x");
    }

    @Test
    void contentThatIsMissingIsForeseenAndReported() throws IOException {
        file("a.txt", "old");
        this.connector.writeFile("a.txt", "new");
        for (Path blob : blobs()) {
            Files.delete(blob);
        }

        assertThat(this.steps.precheck(this.connector.undo())).containsExactly(Restoration.FAILED);
        assertThat(undoAll()).containsExactly(Restoration.FAILED);

        assertThat(this.root.resolve("a.txt")).hasContent("new");
    }

    @Test
    void contentThatWasAlteredIsNotRestored() throws IOException {
        file("a.txt", "old");
        file("d/b.txt", "b");
        this.connector.writeFile("a.txt", "new");
        this.connector.deleteDir("d");
        for (Path blob : blobs()) {
            Files.writeString(blob, "forged");
        }

        assertThat(undoAll()).containsOnly(Restoration.FAILED);

        assertThat(this.root.resolve("a.txt")).hasContent("new");
        assertThat(this.root.resolve("d")).doesNotExist();
        assertStageIsEmpty();
    }

    private List<Path> blobs() throws IOException {
        try (var all = Files.walk(this.temp.resolve("data"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static Map<String, Object> withPath(Map<String, ?> values, String path) {
        Map<String, Object> copy = new LinkedHashMap<>(values);
        Map<String, Object> state = new LinkedHashMap<>((Map<String, ?>) ((List<?>) values.get("states")).get(0));
        state.put("path", path);
        copy.put("states", List.of(state));
        return copy;
    }
}
