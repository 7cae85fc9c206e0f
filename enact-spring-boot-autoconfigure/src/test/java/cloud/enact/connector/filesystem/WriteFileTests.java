package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class WriteFileTests extends FilesystemFixture {

    @Test
    void aNewFileIsWrittenAndUndone() {
        TreeSnapshot before = snapshot();

        StepResult result = this.connector.writeFile("a.txt", "hello");

        assertThat(this.root.resolve("a.txt")).hasContent("hello");
        assertThat(result.alreadyDone()).isNull();
        assertThat(result.output())
                .containsEntry("path", this.root + "/a.txt")
                .containsEntry("bytes", 5L)
                .containsEntry("sha256", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertUndone(before);
    }

    @Test
    void aNewFileGetsTheModeOfTheProcess() throws IOException {
        Path ordinary = Files.createFile(this.temp.resolve("ordinary"));
        this.connector.writeFile("a.txt", "hello");

        assertThat(Files.getPosixFilePermissions(this.root.resolve("a.txt")))
                .isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @Test
    void anOldFileIsReplacedAndKeepsItsMode() throws IOException {
        Path file = file("a.txt", "old");
        TreeSnapshot before = snapshot();

        this.connector.writeFile("a.txt", "new content");

        assertThat(file).hasContent("new content");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertUndone(before);
    }

    @Test
    void anOldFileKeepsItsOwner() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
        Path file = file("a.txt", "old");
        var nobody = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(file, nobody);
        TreeSnapshot before = snapshot();

        this.connector.writeFile("a.txt", "new");

        assertThat(Files.getOwner(file)).isEqualTo(nobody);
        assertUndone(before);
    }

    @Test
    void missingDirectoriesAreMadeAndTakenAwayAgain() throws IOException {
        Files.createDirectory(this.root.resolve("there"));
        TreeSnapshot before = snapshot();

        this.connector.writeFile("there/a/b/c.txt", "deep");

        assertThat(this.root.resolve("there/a/b/c.txt")).hasContent("deep");
        assertUndone(before);
    }

    @Test
    void writingWhatIsThereChangesNothing() throws IOException {
        file("a.txt", "same");
        TreeSnapshot before = snapshot();

        StepResult result = this.connector.writeFile("a.txt", "same");

        assertThat(result.alreadyDone()).isEqualTo("unchanged");
        assertThat(result.output()).containsEntry("bytes", 4L);
        assertThat(this.steps.records()).isEmpty();
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void bytesAndStreamsAreWritten() {
        TreeSnapshot before = snapshot();
        byte[] bytes = {0, (byte) 0xFF, 1};

        this.connector.writeFile("bytes", bytes);
        this.connector.writeFile("stream", new ByteArrayInputStream(bytes));
        this.connector.writeFile("empty", "");

        assertThat(this.root.resolve("bytes")).hasBinaryContent(bytes);
        assertThat(this.root.resolve("stream")).hasBinaryContent(bytes);
        assertThat(this.root.resolve("empty")).isEmptyFile();
        assertUndone(before);
    }

    @Test
    void theUndoLogKeepsNoContent() {
        this.connector.writeFile("t", "text");

        assertThat(this.steps.records().get(0).args()).containsOnlyKeys("path");
    }

    @Test
    void policiesSeeAbsolutePathsAndContentInAForm() {
        StepOperation text = this.connector.prepare("write_file", Map.of("path", "x/y", "content", "rm -rf"));
        StepOperation bytes = this.connector.prepare("write_file", Map.of("path", "x", "content_base64", "AP8="));

        assertThat(text.args()).isEqualTo(Map.of("path", this.root + "/x/y", "content", "rm -rf"));
        assertThat(bytes.args()).isEqualTo(Map.of("path", this.root + "/x", "content_base64", "AP8="));
        assertThat(text.reversibility()).isEqualTo(Reversibility.REVERSIBLE);

        this.connector.writeFile("t", "text as bytes".getBytes(StandardCharsets.UTF_8));
        this.connector.writeFile("s", new ByteArrayInputStream(new byte[3]));

        assertThat(this.steps.judged().get(0)).containsEntry("content", "text as bytes");
        assertThat(this.steps.judged().get(1))
                .containsEntry("content_bytes", 3L)
                .containsKey("content_sha256");
    }

    @Test
    void anAgentCantNameABlobAsContent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare(
                        "write_file", Map.of("path", "a", "content_sha256", "0".repeat(64), "content_bytes", 1)));
    }

    @Test
    void contentMustBeGivenOnceAndBeWritable() {
        assertRefused("write_file", Map.of("path", "a"), "either 'content'");
        assertRefused("write_file", Map.of("path", "a", "content", "x", "content_base64", "eA=="), "either 'content'");
        assertRefused("write_file", Map.of("path", "a", "content", 5), "must be text");
        assertRefused("write_file", Map.of("path", "a", "content_base64", "%%%"), "not Base64");
        assertRefused("write_file", Map.of("path", "a", "content", "half \uD800"), "half a character");
        assertRefused("write_file", Map.of("content", "x"), "'path' is missing");
        assertRefused("write_file", Map.of("path", List.of("a"), "content", "x"), "'path' is missing or not text");
    }

    @Test
    void aDirectoryIsNotWrittenOnto() throws IOException {
        Files.createDirectory(this.root.resolve("dir"));

        assertFails(() -> this.connector.writeFile("dir", "x"), "there is a directory at this path");
        assertFails(() -> this.connector.appendFile("dir", "x"), "there is a directory at this path");
    }

    @Test
    void aFileIsNotADirectoryOnTheWay() throws IOException {
        file("file", "x");
        TreeSnapshot before = snapshot();

        assertFails(() -> this.connector.writeFile("file/below", "x"), "goes through a file");

        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void whatChangedBetweenLookAndWriteIsNotOverwritten() throws IOException {
        Path file = file("a.txt", "old");
        this.steps.meanwhile(() -> write(file, "somebody else's"));

        assertFails(() -> this.connector.writeFile("a.txt", "mine"), "somebody else changed it");

        assertThat(file).hasContent("somebody else's");
        assertStageIsEmpty();
    }

    @Test
    void whatAppearedBetweenLookAndWriteIsNotOverwritten() {
        Path file = this.root.resolve("dir/a.txt");
        this.steps.meanwhile(() -> write(file, "somebody else's"));

        assertFails(() -> this.connector.writeFile("dir/a.txt", "mine"), "somebody else changed it");

        assertThat(file).hasContent("somebody else's");
    }

    @Test
    void aChangeThatKeepsSizeAndTimeIsNoticedWhileTheFileIsFresh() throws IOException {
        Path file = Files.writeString(this.root.resolve("fresh.txt"), "aaaa");
        var time = Files.getLastModifiedTime(file);
        AtomicInteger count = new AtomicInteger();
        this.steps.meanwhile(() -> {
            write(file, "bbb" + count.incrementAndGet());
            try {
                Files.setLastModifiedTime(file, time);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        });

        assertFails(() -> this.connector.writeFile("fresh.txt", "mine"), "somebody else changed it");
        assertFails(() -> this.connector.moveFile("fresh.txt", "moved.txt"), "somebody else changed it");
        assertFails(() -> this.connector.deleteFile("fresh.txt"), "somebody else changed it");

        assertThat(file).hasContent("bbb3");
    }

    @Test
    void aFailedWriteTakesAwayTheDirectoriesItMade() throws IOException {
        this.connector.close();
        this.connector = FilesystemConnector.root(this.root)
                .operations(ALL)
                .failpoints(point -> {
                    if (point.equals("write:parents")) {
                        throw new IllegalStateException("broken");
                    }
                })
                .build(this.steps, this.blobs);

        assertThatThrownBy(() -> this.connector.writeFile("a/b/c.txt", "x")).hasMessage("broken");

        assertThat(this.root.resolve("a")).doesNotExist();
        assertStageIsEmpty();
    }

    @Test
    void textIsAppendedAndTakenAway() throws IOException {
        file("log.txt", "one\n");
        TreeSnapshot before = snapshot();

        this.connector.appendFile("log.txt", "two\n");
        this.connector.appendFile("log.txt", new byte[] {'3'});

        assertThat(this.root.resolve("log.txt")).hasContent("one\ntwo\n3");
        assertUndone(before);
    }

    @Test
    void appendingMakesAFileThatIsNotThere() {
        TreeSnapshot before = snapshot();

        this.connector.appendFile("new/log.txt", "one");

        assertThat(this.root.resolve("new/log.txt")).hasContent("one");
        assertUndone(before);
    }

    @Test
    void appendingNothingChangesNothing() throws IOException {
        file("log.txt", "one");

        assertThat(this.connector.appendFile("log.txt", "").alreadyDone()).isEqualTo("unchanged");
        assertThat(this.steps.records()).isEmpty();
    }
}
