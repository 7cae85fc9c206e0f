package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaterWorkTests extends FilesystemFixture {

    // --- somebody else ---

    @Test
    void aFileSomebodyChangedIsReportedAndNotOverwritten() throws IOException {
        file("a.txt", "old");
        this.connector.writeFile("a.txt", "agent's");
        Files.writeString(this.root.resolve("a.txt"), "person's");

        assertConflict("there is a file of 8 bytes");

        assertThat(this.root.resolve("a.txt")).hasContent("person's");
    }

    @Test
    void aFileOfTheSameSizeSomebodyChangedIsReported() throws IOException {
        this.connector.writeFile("a.txt", "agent's");
        Files.writeString(this.root.resolve("a.txt"), "persons");

        assertConflict("with other content");

        assertThat(this.root.resolve("a.txt")).hasContent("persons");
    }

    @Test
    void contentOfFilesIsNotInReports() throws IOException {
        file("a.txt", "OLDSECRET");
        this.connector.writeFile("a.txt", "NEWSECRET");
        Files.writeString(this.root.resolve("a.txt"), "FOREIGNSECRET");

        for (StepRestoration answer : this.steps.undoAll(this.connector.undo())) {
            assertThat(answer.detail()).doesNotContain("SECRET").contains("'a.txt'");
        }
    }

    @Test
    void namesInReportsSteerNothing() throws IOException {
        this.connector.writeFile("a\n\u001b[2J\u202eb", "agent's");
        file("d/c\r\u0085\u2028\u2066e", "old");
        this.connector.deleteDir("d");
        file("d/c\r\u0085\u2028\u2066e", "somebody's");
        Files.writeString(this.root.resolve("a\n\u001b[2J\u202eb"), "somebody's");

        assertThat(this.steps.undoAll(this.connector.undo()))
                .extracting(StepRestoration::detail)
                .satisfiesExactly(
                        tree -> assertThat(tree).contains("'c\\u{d}\\u{85}\\u{2028}\\u{2066}e' differs"),
                        file -> assertThat(file).startsWith("'a\\u{a}\\u{1b}[2J\\u{202e}b': the step left"));
    }

    @Test
    void aFileSomebodyDeletedIsReported() throws IOException {
        file("a.txt", "old");
        this.connector.writeFile("a.txt", "new");
        Files.delete(this.root.resolve("a.txt"));

        assertConflict("there is nothing");
    }

    @Test
    void aFileWhoseModeSomebodyChangedIsReported() throws IOException {
        this.connector.writeFile("a.txt", "new");
        Files.setPosixFilePermissions(this.root.resolve("a.txt"), PosixFilePermissions.fromString("rwx------"));

        assertConflict("mode rwx------");
    }

    @Test
    void aFileThatWasOnlyTouchedIsRestored() throws IOException {
        file("a.txt", "old");
        this.connector.writeFile("a.txt", "new");
        Files.setLastModifiedTime(this.root.resolve("a.txt"), FileTime.from(Instant.EPOCH));

        assertThat(undoAll()).containsExactly(Restoration.RESTORED);
        assertThat(this.root.resolve("a.txt")).hasContent("old");
    }

    @Test
    void aPathThatBecameALinkIsReported() throws IOException {
        Path outside = Files.writeString(this.temp.resolve("outside"), "new");
        file("a.txt", "old");
        this.connector.writeFile("a.txt", "new");
        Files.delete(this.root.resolve("a.txt"));
        Files.createSymbolicLink(this.root.resolve("a.txt"), outside);

        assertConflict("there is a symbolic link");

        assertThat(outside).hasContent("new");
    }

    @Test
    void aPathThatBecameADirectoryIsReportedAndNotEvenForced() throws IOException {
        this.connector.writeFile("a.txt", "new");
        Files.delete(this.root.resolve("a.txt"));
        file("a.txt/inner", "somebody's");

        assertConflict("there is a directory");
        StepRestoration forced = this.connector.undo().undo(this.steps.records().get(0), true);

        assertThat(forced.restoration()).isEqualTo(Restoration.FAILED);
        assertThat(this.root.resolve("a.txt/inner")).hasContent("somebody's");
    }

    @Test
    void aParentThatBecameALinkIsReportedAndNotFollowed() throws IOException {
        Path outside = Files.createDirectory(this.temp.resolve("outside"));
        file("d/a.txt", "old");
        this.connector.writeFile("d/a.txt", "new");
        Files.move(this.root.resolve("d"), this.root.resolve("moved"));
        Files.createSymbolicLink(this.root.resolve("d"), outside);

        assertConflict("no longer leads through directories");
        StepRestoration forced = this.connector.undo().undo(this.steps.records().get(0), true);

        assertThat(forced.restoration()).isEqualTo(Restoration.FAILED);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aParentThatIsGoneIsMadeAgain() throws IOException {
        file("d/sub/a.txt", "old");
        Files.setPosixFilePermissions(this.root.resolve("d"), PosixFilePermissions.fromString("rwxr-x---"));
        this.connector.deleteFile("d/sub/a.txt");
        Files.delete(this.root.resolve("d/sub"));
        Files.delete(this.root.resolve("d"));

        assertThat(this.steps.precheck(this.connector.undo())).containsExactly(Restoration.RESTORED);
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        assertThat(this.root.resolve("d/sub/a.txt")).hasContent("old");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.root.resolve("d"))))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void aFileSomebodyPutBackIsRestoredAlready() throws IOException {
        file("a.txt", "old");
        this.connector.writeFile("a.txt", "new");
        file("a.txt", "old");

        assertThat(this.steps.precheck(this.connector.undo())).containsExactly(Restoration.ALREADY_RESTORED);
        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aDirectoryTheStepMadeStaysWhenSomebodyUsesIt() throws IOException {
        this.connector.writeFile("d/e/a.txt", "new");
        file("d/person.txt", "person's");

        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        assertThat(this.root.resolve("d/e")).doesNotExist();
        assertThat(this.root.resolve("d/person.txt")).hasContent("person's");
    }

    @Test
    void somebodysFileWhereADeletedOneWasIsReported() throws IOException {
        file("a.txt", "old");
        this.connector.deleteFile("a.txt");
        file("a.txt", "person's");

        assertConflict("the step left nothing, there is a file of 8 bytes");

        assertThat(this.root.resolve("a.txt")).hasContent("person's");
    }

    @Test
    void aMovedFileSomebodyChangedIsReported() throws IOException {
        file("a.txt", "old");
        this.connector.moveFile("a.txt", "b.txt");
        Files.writeString(this.root.resolve("b.txt"), "person's");

        assertConflict("'b.txt': the step left a file of 3 bytes");

        assertThat(this.root.resolve("b.txt")).hasContent("person's");
        assertThat(this.root.resolve("a.txt")).doesNotExist();
    }

    @Test
    void aNewFileAtTheOldNameOfAMovedOneIsReported() throws IOException {
        file("a.txt", "old");
        this.connector.moveFile("a.txt", "b.txt");
        file("a.txt", "person's");

        assertConflict("'a.txt': the step left nothing");

        assertThat(this.root.resolve("a.txt")).hasContent("person's");
        assertThat(this.root.resolve("b.txt")).hasContent("old");
    }

    @Test
    void aMovedFileSomebodyMovedOnIsReportedAndForcedFromItsContent() throws IOException {
        file("a.txt", "old");
        this.connector.moveFile("a.txt", "b.txt");
        Files.move(this.root.resolve("b.txt"), this.root.resolve("c.txt"));

        assertConflict("there is nothing");
        assertThat(this.connector.undo().undo(this.steps.records().get(0), true).restoration())
                .isEqualTo(Restoration.RESTORED);

        assertThat(this.root.resolve("a.txt")).hasContent("old");
        assertThat(this.root.resolve("c.txt")).hasContent("old");
    }

    // --- directories that are partly there ---

    @Test
    void aDirectoryOfWhichAPartIsThereIsCompleted() throws IOException {
        file("d/a.txt", "a");
        file("d/sub/b.txt", "b");
        file("d/sub/deep/c.txt", "c");
        TreeSnapshot before = snapshot();
        this.connector.deleteDir("d");
        file("d/sub/b.txt", "b");

        assertThat(this.steps.precheck(this.connector.undo())).containsExactly(Restoration.RESTORED);
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        assertThat(withoutTopTime(snapshot())).isEqualTo(withoutTopTime(before));
    }

    @Test
    void aDirectoryInWhichSomethingDiffersIsReported() throws IOException {
        file("d/a.txt", "a");
        file("d/sub/b.txt", "b");
        this.connector.deleteDir("d");
        file("d/sub/b.txt", "person's");

        assertConflict("a directory in which 'sub/b.txt' differs");

        assertThat(this.root.resolve("d/a.txt")).doesNotExist();
        assertThat(this.root.resolve("d/sub/b.txt")).hasContent("person's");
    }

    @Test
    void aDirectoryInWhichSomethingIsNewIsReported() throws IOException {
        file("d/a.txt", "a");
        this.connector.deleteDir("d");
        file("d/person.txt", "person's");

        assertConflict("a directory");

        assertThat(this.root.resolve("d/a.txt")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d/one", "d/two", "d/two/deep"})
    void somethingNewDeepInADirectoryIsReported(String where) throws IOException {
        file("d/one/a.txt", "a");
        file("d/two/b.txt", "b");
        file("d/two/deep/c.txt", "c");
        this.connector.deleteDir("d");
        file("d/one/a.txt", "a");
        file("d/two/b.txt", "b");
        file("d/two/deep/c.txt", "c");
        file(where + "/person.txt", "person's");

        assertConflict("a directory in which '" + where.substring(2) + "' differs");
    }

    @Test
    void forceCompletesADirectoryAndLeavesWhatIsNew() throws IOException {
        file("d/a.txt", "a");
        file("d/sub/b.txt", "b");
        this.connector.deleteDir("d");
        file("d/sub/b.txt", "person's");
        file("d/person.txt", "person's");

        StepRestoration forced = this.connector.undo().undo(this.steps.records().get(0), true);

        assertThat(forced.restoration()).as(forced.detail()).isEqualTo(Restoration.RESTORED);
        assertThat(this.root.resolve("d/a.txt")).hasContent("a");
        assertThat(this.root.resolve("d/sub/b.txt")).hasContent("b");
        assertThat(this.root.resolve("d/person.txt")).hasContent("person's");
        assertThat(forced.detail()).isEqualTo("'d' is as before the step, but with what somebody added to it");
    }

    @Test
    void aFileWhereADirectoryWasIsReportedAndForced() throws IOException {
        file("d/a.txt", "a");
        this.connector.deleteDir("d");
        file("d", "person's");

        assertConflict("there is a file");
        StepRestoration forced = this.connector.undo().undo(this.steps.records().get(0), true);

        assertThat(forced.restoration()).as(forced.detail()).isEqualTo(Restoration.RESTORED);
        assertThat(this.root.resolve("d/a.txt")).hasContent("a");
    }

    private void assertConflict(String there) {
        List<StepRestoration> foreseen = this.connector.undo().precheck(this.steps.records());
        assertThat(foreseen).hasSize(1);
        assertThat(foreseen.get(0).restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(foreseen.get(0).detail()).contains(there).contains("not touched");
        TreeSnapshot before = snapshot();

        assertThat(this.steps.undoAll(this.connector.undo())).isEqualTo(foreseen);

        assertThat(snapshot()).isEqualTo(before);
        assertStageIsEmpty();
    }

    /** Somebody else was in the root directory too, so its time is theirs. */
    private static TreeSnapshot withoutTopTime(TreeSnapshot snapshot) {
        var entries = new TreeMap<>(snapshot.entries());
        entries.remove("");
        return new TreeSnapshot(entries);
    }
}
