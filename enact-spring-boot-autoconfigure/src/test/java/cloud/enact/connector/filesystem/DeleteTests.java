package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DeleteTests extends FilesystemFixture {

    // --- delete_file ---

    @Test
    void aFileIsDeletedAndBroughtBack() throws IOException {
        Path file = file("dir/a.txt", "content");
        TreeSnapshot before = snapshot();

        StepResult result = this.connector.deleteFile("dir/a.txt");

        assertThat(file).doesNotExist();
        assertThat(result.output()).containsEntry("bytes", 7L);
        assertUndone(before);
    }

    @Test
    void aDanglingLinkIsDeletedAndBroughtBack() throws IOException {
        Files.createSymbolicLink(this.root.resolve("link"), Path.of("../outside/nothing"));
        TreeSnapshot before = snapshot();

        this.connector.deleteFile("link");

        assertThat(Files.exists(this.root.resolve("link"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertUndone(before);
    }

    @Test
    void deletingALinkLeavesItsTarget() throws IOException {
        Path target = file("target", "content");
        Files.createSymbolicLink(this.root.resolve("link"), target);

        this.connector.deleteFile("link");

        assertThat(target).hasContent("content");
    }

    @Test
    void whatIsNotThereIsDeletedAlready() {
        assertThat(this.connector.deleteFile("nothing").alreadyDone()).isEqualTo("deleted");
        assertThat(this.connector.deleteFile("no/such/dir").alreadyDone()).isEqualTo("deleted");
        assertThat(this.connector.deleteDir("nothing").alreadyDone()).isEqualTo("deleted");
        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void aFileThatChangedMeanwhileIsNotDeleted() throws IOException {
        Path file = file("a.txt", "old");
        this.steps.meanwhile(() -> write(file, "newer"));

        assertFails(() -> this.connector.deleteFile("a.txt"), "somebody else changed it");

        assertThat(file).hasContent("newer");
        assertStageIsEmpty();
    }

    @Test
    void theOtherNamesOfAFileKeepItsContent() throws IOException {
        Path file = file("a.txt", "shared");
        Files.createLink(this.root.resolve("b.txt"), file);

        this.connector.writeFile("a.txt", "mine");
        assertThat(this.root.resolve("b.txt")).hasContent("shared");
        undoAll();

        assertThat(file).hasContent("shared");
        assertThat(this.root.resolve("b.txt")).hasContent("shared");
    }

    // --- delete_dir ---

    @Test
    void aDirectoryIsDeletedWithAllInItAndBroughtBack() throws IOException {
        file("d/a.txt", "a");
        file("d/sub/deep/b.txt", "b");
        file("d/odd \"name\"\n\t'$(x)' \u00fc .txt", "odd");
        file("d/-rf", "dash");
        Files.createDirectories(this.root.resolve("d/empty/inner"));
        Files.createSymbolicLink(this.root.resolve("d/link"), Path.of("sub/../../a"));
        Files.createSymbolicLink(this.root.resolve("d/abs"), Path.of("/etc"));
        file("d/closed/secret", "s");
        Files.setPosixFilePermissions(this.root.resolve("d/closed/secret"), Set.of());
        Files.setPosixFilePermissions(this.root.resolve("d/closed"), Set.of());
        for (String dir : List.of("d/sub/deep", "d/sub", "d/empty/inner", "d")) {
            Files.setLastModifiedTime(
                    this.root.resolve(dir),
                    java.nio.file.attribute.FileTime.from(java.time.Instant.ofEpochSecond(1_500_000_000, 987_654_321)));
        }
        TreeSnapshot before = snapshot();

        StepResult result = this.connector.deleteDir("d");

        assertThat(this.root.resolve("d")).doesNotExist();
        assertThat(result.output()).containsEntry("entries", 13L);
        assertUndone(before);
        assertThat(Files.getLastModifiedTime(this.root.resolve("d/sub"))
                        .toInstant()
                        .getNano())
                .isEqualTo(987_654_321);
    }

    @Test
    void anEmptyDirectoryIsDeletedAndBroughtBack() throws IOException {
        Files.createDirectory(this.root.resolve("d"));
        TreeSnapshot before = snapshot();

        this.connector.deleteDir("d");

        assertThat(this.root.resolve("d")).doesNotExist();
        assertUndone(before);
    }

    @Test
    void theWrongKindOfDeleteSaysWhichIsRight() throws IOException {
        file("file", "x");
        Files.createDirectory(this.root.resolve("dir"));
        Files.createSymbolicLink(this.root.resolve("link"), this.root.resolve("dir"));

        assertFails(() -> this.connector.deleteFile("dir"), "use delete_dir");
        assertFails(() -> this.connector.deleteDir("file"), "use delete_file");
        assertFails(() -> this.connector.deleteDir("link"), "use delete_file");
    }

    @Test
    void pipesCantBeBroughtBackSoNothingIsDeleted() throws Exception {
        file("d/a.txt", "a");
        mkfifo(this.root.resolve("d/pipe"));
        mkfifo(this.root.resolve("pipe"));

        assertFails(() -> this.connector.deleteDir("d"), "a device, pipe or socket");
        assertFails(() -> this.connector.deleteFile("pipe"), "can't be brought back");
        assertFails(() -> this.connector.readFile("pipe"), "only files are read");
        assertFails(() -> this.connector.writeFile("pipe", "x"), "only files are written");
        assertFails(() -> this.connector.writeFile("pipe/below", "x"), "goes through a device, pipe or socket");
        assertFails(() -> this.connector.moveFile("pipe", "other"), "only files are moved");

        assertThat(this.root.resolve("d/a.txt")).hasContent("a");
        assertStageIsEmpty();
    }

    @Test
    void aTreeThatIsTooLargeIsNotDeleted() throws IOException {
        file("d/1", "1");
        file("d/2", "2");
        try (FilesystemConnector small = FilesystemConnector.root(this.root)
                .operations(ALL)
                .limits(new FilesystemLimits(10, 10, 2))
                .build(this.steps, this.blobs)) {

            assertFails(() -> small.deleteDir("d"), "more than 2 entries");
        }
        assertThat(this.root.resolve("d/2")).exists();
    }

    @Test
    void aTreeThatIsTooDeepIsNotDeleted() throws IOException {
        Path deep = this.root.resolve("d");
        for (int i = 0; i < JailPath.MAX_DEPTH + 1; i++) {
            deep = deep.resolve("x");
        }
        Files.createDirectories(deep);

        assertFails(() -> this.connector.deleteDir("d"), "deeper than 128");

        assertThat(deep).exists();
    }

    @Test
    void aTreeInWhichSomethingChangedMeanwhileIsPutBack() throws IOException {
        file("d/a.txt", "a");
        file("d/sub/b.txt", "b");
        this.steps.meanwhile(() -> write(this.root.resolve("d/sub/b.txt"), "newer"));

        assertFails(() -> this.connector.deleteDir("d"), "somebody else changed it");

        assertThat(this.root.resolve("d/a.txt")).hasContent("a");
        assertThat(this.root.resolve("d/sub/b.txt")).hasContent("newer");
        assertStageIsEmpty();
    }

    @Test
    void aTreeInWhichSomethingAppearedMeanwhileIsPutBack() throws IOException {
        file("d/a.txt", "a");
        file("d/sub/b.txt", "b");
        this.steps.meanwhile(() -> write(this.root.resolve("d/sub/c.txt"), "newer"));

        assertFails(() -> this.connector.deleteDir("d"), "somebody else changed it");

        assertThat(this.root.resolve("d/sub/c.txt")).hasContent("newer");
    }

    @Test
    void aFreshTreeInWhichSomethingChangedWithoutATraceIsPutBack() throws IOException {
        Path file = Files.createDirectory(this.root.resolve("d")).resolve("a.txt");
        write(file, "aaaa");
        var time = Files.getLastModifiedTime(file);
        this.steps.meanwhile(() -> {
            write(file, "bbbb");
            try {
                Files.setLastModifiedTime(file, time);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        });

        assertFails(() -> this.connector.deleteDir("d"), "somebody else changed it");

        assertThat(file).hasContent("bbbb");
    }

    private static void mkfifo(Path path) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "mkfifo is not installed");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", path.toString())
                        .start()
                        .waitFor())
                .isZero();
    }
}
