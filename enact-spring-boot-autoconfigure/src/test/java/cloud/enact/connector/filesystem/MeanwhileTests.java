package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody is in the middle of what a step or its undo does: nothing of theirs is lost, and no report is wrong. */
class MeanwhileTests extends FilesystemFixture {

    /** What somebody does when a change or its undo gets to a point. */
    private final Map<String, Somebody> meanwhile = new HashMap<>();

    @BeforeEach
    void letSomebodyIn() throws IOException {
        this.connector.close();
        this.connector = FilesystemConnector.root(this.root)
                .operations(ALL)
                .failpoints(point -> act(this.meanwhile.getOrDefault(point, () -> {})))
                .build(this.steps, this.blobs);
    }

    // --- what looks the same is not ---

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTreeInWhichContentChangedWithoutATraceIsPutBack(boolean inPlace) throws IOException {
        file("d/b.txt", "b");
        Path file = file("d/sub/a.txt", "aaaa");
        FileTime time = Files.getLastModifiedTime(file);
        this.steps.meanwhile(() -> act(() -> {
            Path written = inPlace ? file : this.temp.resolve("new");
            Files.writeString(written, "AAAA");
            if (!inPlace) {
                Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(file));
                FileTime directory = Files.getLastModifiedTime(file.getParent());
                Files.move(written, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                Files.setLastModifiedTime(file.getParent(), directory);
            }
            Files.setLastModifiedTime(file, time);
        }));

        assertThatThrownBy(() -> this.connector.deleteDir("d"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("somebody else changed it");

        assertThat(file).hasContent("AAAA");
        assertThat(this.root.resolve("d/b.txt")).hasContent("b");
        assertStageIsEmpty();
    }

    // --- what could not be put back ---

    @Test
    void anUndoThatCouldNotPutSomethingBackSaysWhereItIs() throws IOException {
        this.connector.writeFile("a.txt", "agent's");
        this.meanwhile.put("undo:taken", () -> {
            Files.writeString(gone(), "somebody's last change");
            Files.writeString(this.root.resolve("a.txt"), "somebody's new file");
        });

        StepRestoration answer = this.steps.undoAll(this.connector.undo()).get(0);

        assertThat(answer.restoration()).isEqualTo(Restoration.FAILED);
        assertThat(answer.detail())
                .doesNotContain("not touched")
                .contains("kept as " + gone().getFileName() + " in .enact-stage");
        assertThat(gone()).hasContent("somebody's last change");
        assertThat(this.root.resolve("a.txt")).hasContent("somebody's new file");
    }

    @Test
    void aDeletionThatCouldNotPutSomethingBackSaysWhereItIs() throws IOException {
        file("a.txt", "old");
        this.meanwhile.put("delete:taken", () -> {
            Files.writeString(gone(), "somebody's last change");
            Files.writeString(this.root.resolve("a.txt"), "somebody's new file");
        });

        assertThatThrownBy(() -> this.connector.deleteFile("a.txt"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageNotContaining("nothing was done")
                .hasMessageContaining("kept as " + gone().getFileName() + " in .enact-stage");

        assertThat(gone()).hasContent("somebody's last change");
    }

    @Test
    void anUndoThatStoppedHalfwayDoesNotSayThatNothingWasTouched() throws IOException {
        file("a.txt", "old");
        this.connector.moveFile("a.txt", "b.txt");
        Files.writeString(this.root.resolve("b.txt"), "somebody's");
        this.meanwhile.put("undo:staged", () -> Files.writeString(this.root.resolve("b.txt"), "somebody's once more"));

        StepRestoration answer = this.connector.undo().undo(this.steps.records().get(0), true);

        assertThat(this.root.resolve("a.txt")).hasContent("old");
        assertThat(this.root.resolve("b.txt")).hasContent("somebody's once more");
        assertThat(answer.restoration()).isEqualTo(Restoration.FAILED);
        assertThat(answer.detail()).doesNotContain("not touched").contains("a part of it may be back");
    }

    @Test
    void aStepThatWasDoneDoesNotFailForWhatHappensAfterwards() throws IOException {
        file("d/a.txt", "old");
        this.meanwhile.put("delete:forced", () -> Files.move(this.root.resolve("d"), this.root.resolve("renamed")));

        assertThatCode(() -> this.connector.deleteFile("d/a.txt")).doesNotThrowAnyException();

        assertThat(this.steps.records()).extracting(UndoRecord::state).containsExactly(UndoRecord.State.DONE);
        assertThat(this.root.resolve("renamed")).isEmptyDirectory();
        assertStageIsEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "somebody's", ""})
    void whatSomebodyDidInsteadOfAStepThatFailedIsNotUndone(String content) throws IOException {
        Path file = file("a.txt", "old");
        boolean writes = !content.isEmpty();
        this.steps.meanwhile(() -> act(() -> {
            if (writes) {
                Files.writeString(file, content);
            } else {
                Files.delete(file);
            }
        }));
        assertThatThrownBy(() -> {
                    if (writes) {
                        this.connector.writeFile("a.txt", "new");
                    } else {
                        this.connector.deleteFile("a.txt");
                    }
                })
                .hasMessageContaining("somebody else changed it");

        assertThat(this.steps.precheck(this.connector.undo())).containsExactly(Restoration.ALREADY_RESTORED);
        StepRestoration answer = this.steps.undoAll(this.connector.undo()).get(0);

        assertThat(answer.restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(answer.detail()).isEqualTo("'a.txt' is left alone: the step failed before it changed anything");
        if (writes) {
            assertThat(file).hasContent(content);
        } else {
            assertThat(file).doesNotExist();
        }
    }

    // --- the root ---

    @Test
    void nothingIsDoneInARootThatWasReplaced() throws IOException {
        file("a.txt", "old");
        file("d/b.txt", "b");
        this.connector.writeFile("a.txt", "agent's");
        Path moved = Files.move(this.root, this.temp.resolve("moved"));
        TreeSnapshot before = TreeSnapshot.of(moved);
        Files.createDirectory(this.root);
        Files.writeString(this.root.resolve("a.txt"), "agent's");

        List<ThrowingCallable> attempts = List.of(
                () -> this.connector.readFile("a.txt"),
                () -> this.connector.listDir("."),
                () -> this.connector.writeFile("a.txt", "x"),
                () -> this.connector.appendFile("new/a.txt", "x"),
                () -> this.connector.moveFile("a.txt", "c.txt"),
                () -> this.connector.deleteFile("a.txt"),
                () -> this.connector.deleteDir("d"));
        for (ThrowingCallable attempt : attempts) {
            assertThatThrownBy(attempt)
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("root or its staging directory was moved or replaced");
        }
        assertThat(this.steps.precheck(this.connector.undo())).containsExactly(Restoration.FAILED);
        assertThat(undoAll()).containsExactly(Restoration.FAILED);

        assertThat(TreeSnapshot.of(moved)).isEqualTo(before);
        assertThat(this.root.resolve("a.txt")).hasContent("agent's");
    }

    @Test
    void aRootThatIsGoneWhileAStepWaitsIsNotWrittenTo() throws IOException {
        Path moved = this.temp.resolve("moved");
        this.steps.meanwhile(() -> act(() -> Files.move(this.root, moved)));

        assertThatThrownBy(() -> this.connector.writeFile("a.txt", "x")).hasMessageContaining("moved or replaced");

        assertThat(moved.resolve("a.txt")).doesNotExist();
        Files.move(moved, this.root);
        this.steps.meanwhile(() -> {});
        this.connector.writeFile("a.txt", "x");
        assertThat(this.root.resolve("a.txt")).hasContent("x");
    }

    // --- directories of the same name ---

    @Test
    void somebodysDirectoryInPlaceOfTheStepsIsNotTakenAway() throws IOException {
        this.connector.writeFile("d/a.txt", "agent's");
        Path own = Files.move(this.root.resolve("d"), this.temp.resolve("own"));
        Files.createDirectory(this.root.resolve("d"));
        Files.move(own.resolve("a.txt"), this.root.resolve("d/a.txt"));

        StepRestoration answer = this.steps.undoAll(this.connector.undo()).get(0);

        assertThat(answer.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(answer.detail()).contains("the empty directory 'd' stays");
        assertThat(this.root.resolve("d")).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatGotTheInodeOfTheStepsIsNotTakenAway() throws IOException {
        this.connector.writeFile("d/a.txt", "agent's");
        Files.delete(this.root.resolve("d/a.txt"));
        Files.delete(this.root.resolve("d"));
        Files.createDirectory(this.root.resolve("d"));

        StepRestoration answer = this.steps.undoAll(this.connector.undo()).get(0);

        assertThat(answer.restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(answer.detail()).contains("the empty directory 'd' stays");
        assertThat(this.root.resolve("d")).isEmptyDirectory();
    }

    @Test
    void somebodysDirectoryIsNotTakenAwayAfterACrashEither() throws IOException {
        this.meanwhile.put("write:parents", () -> {
            throw new Crash();
        });
        assertThatThrownBy(() -> this.connector.writeFile("d/a.txt", "agent's")).isInstanceOf(Crash.class);
        assertThat(this.steps.records()).extracting(UndoRecord::state).containsExactly(UndoRecord.State.INTENT);
        Files.delete(this.root.resolve("d"));
        Files.createDirectory(this.root.resolve("d"));

        StepRestoration answer = this.steps.undoAll(this.connector.undo()).get(0);

        assertThat(answer.detail()).contains("the empty directory 'd' stays");
        assertThat(this.root.resolve("d")).isEmptyDirectory();
    }

    @Test
    void aDirectoryOfTheRunThatWasDeletedAndRestoredIsStillTheRuns() throws IOException {
        TreeSnapshot before = snapshot();
        this.connector.writeFile("d/a.txt", "agent's");
        this.connector.deleteDir("d");
        this.connector.undo().undo(this.steps.records().get(0), false);

        try (FilesystemConnector next =
                FilesystemConnector.undoOnly("filesystem", this.root, this.blobs, ContentKeeper.none())) {
            assertThat(next.undo().undo(this.steps.records().get(1), false).restoration())
                    .isEqualTo(Restoration.RESTORED);
        }

        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void anOlderStepIsForeseenToMeetTheDirectoryThatStays() throws IOException {
        file("d", "a file at first");
        this.connector.deleteFile("d");
        this.connector.writeFile("d/a.txt", "agent's");
        Path own = Files.move(this.root.resolve("d"), this.temp.resolve("own"));
        Files.createDirectory(this.root.resolve("d"));
        Files.move(own.resolve("a.txt"), this.root.resolve("d/a.txt"));

        assertThat(this.steps.precheck(this.connector.undo()))
                .containsExactly(Restoration.RESTORED, Restoration.CONFLICT);
    }

    private Path gone() throws IOException {
        try (var all = Files.walk(this.root.resolve(Stage.DIRECTORY))) {
            return all.filter(path -> path.getFileName().toString().startsWith("gone-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void act(Somebody somebody) {
        try {
            somebody.act();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Does something at the wrong time. */
    @FunctionalInterface
    private interface Somebody {

        void act() throws IOException;
    }

    /** Not an exception, so that nothing tidies up after it. */
    private static final class Crash extends Error {}
}
