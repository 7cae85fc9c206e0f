package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FilesystemConnectorTests extends FilesystemFixture {

    // --- write_file ---

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
    void policiesSeeAbsolutePathsAndContentInAForm() {
        StepOperation text = this.connector.prepare("write_file", Map.of("path", "x/y", "content", "rm -rf"));
        StepOperation bytes = this.connector.prepare("write_file", Map.of("path", "x", "content_base64", "AP8="));

        assertThat(text.args()).isEqualTo(Map.of("path", this.root + "/x/y", "content", "rm -rf"));
        assertThat(bytes.args()).isEqualTo(Map.of("path", this.root + "/x", "content_base64", "AP8="));
        assertThat(text.reversibility()).isEqualTo(Reversibility.REVERSIBLE);

        this.connector.writeFile("t", "text as bytes".getBytes(StandardCharsets.UTF_8));
        this.connector.writeFile("s", new ByteArrayInputStream(new byte[3]));

        assertThat(this.steps.records().get(1).args()).containsEntry("content", "text as bytes");
        assertThat(this.steps.records().get(0).args())
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
        java.util.concurrent.atomic.AtomicInteger count = new java.util.concurrent.atomic.AtomicInteger();
        this.steps.meanwhile(() -> {
            write(file, "bbb" + count.incrementAndGet());
            try {
                Files.setLastModifiedTime(file, time);
            } catch (IOException ex) {
                throw new java.io.UncheckedIOException(ex);
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

    // --- append_file ---

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

    // --- move_file ---

    @Test
    void aFileIsMovedAndMovedBack() throws IOException {
        Path file = file("a.txt", "content");
        Object inode = Files.getAttribute(file, "unix:ino");
        TreeSnapshot before = snapshot();

        StepResult result = this.connector.moveFile("a.txt", "new/place/b.txt");

        assertThat(file).doesNotExist();
        assertThat(this.root.resolve("new/place/b.txt")).hasContent("content");
        assertThat(result.output())
                .containsEntry("path", this.root + "/a.txt")
                .containsEntry("to", this.root + "/new/place/b.txt");
        assertThat(this.steps.records().get(0).args())
                .isEqualTo(Map.of("path", this.root + "/a.txt", "to", this.root + "/new/place/b.txt"));
        assertUndone(before);
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    }

    @Test
    void aLinkIsMovedAsALink() throws IOException {
        Files.createSymbolicLink(this.root.resolve("link"), Path.of("/nowhere"));
        TreeSnapshot before = snapshot();

        this.connector.moveFile("link", "moved");

        assertThat(Files.readSymbolicLink(this.root.resolve("moved"))).isEqualTo(Path.of("/nowhere"));
        assertUndone(before);
    }

    @Test
    void whatIsAtTheNewNameIsNotReplaced() throws IOException {
        file("a.txt", "a");
        file("b.txt", "b");

        assertFails(() -> this.connector.moveFile("a.txt", "b.txt"), "there is a file at the new path already");

        assertThat(this.root.resolve("b.txt")).hasContent("b");
    }

    @Test
    void aMoveThatWasDoneIsFoundDone() throws IOException {
        file("b.txt", "b");

        assertThat(this.connector.moveFile("a.txt", "b.txt").alreadyDone()).isEqualTo("moved");
        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void movesThatMakeNoSenseAreRefused() throws IOException {
        Files.createDirectory(this.root.resolve("dir"));

        assertFails(() -> this.connector.moveFile("a.txt", "b.txt"), "there is no such file");
        assertFails(() -> this.connector.moveFile("dir", "other"), "there is a directory at this path");
        assertRefused("move_file", Map.of("path", "a", "to", "a"), "are the same");
        assertRefused("move_file", Map.of("path", "a"), "'to' is missing");
    }

    @Test
    void aMoveFailsWhenTheNewNameIsTakenMeanwhile() throws IOException {
        file("a.txt", "a");
        this.steps.meanwhile(() -> write(this.root.resolve("b.txt"), "somebody else's"));

        assertFails(() -> this.connector.moveFile("a.txt", "b.txt"), "somebody else changed it");

        assertThat(this.root.resolve("a.txt")).hasContent("a");
        assertThat(this.root.resolve("b.txt")).hasContent("somebody else's");
    }

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
                throw new java.io.UncheckedIOException(ex);
            }
        });

        assertFails(() -> this.connector.deleteDir("d"), "somebody else changed it");

        assertThat(file).hasContent("bbbb");
    }

    // --- read_file, list_dir ---

    @Test
    void filesAreRead() throws IOException {
        file("text", "grüße");
        Files.write(this.root.resolve("bytes"), new byte[] {(byte) 0xC3, 0});

        assertThat(this.connector.readText("text")).isEqualTo("grüße");
        assertThat(this.connector.readFile("text")).isEqualTo("grüße".getBytes(StandardCharsets.UTF_8));
        assertThat(this.connector.readFile("bytes")).containsExactly(0xC3, 0);
        assertFails(() -> this.connector.readText("bytes"), "not UTF-8 text");
        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void noMoreIsReadThanAllowed() throws IOException {
        file("ten", "0123456789");
        file("eleven", "0123456789a");
        try (FilesystemConnector small = FilesystemConnector.root(this.root)
                .operations(ALL)
                .limits(new FilesystemLimits(10, 10, 10))
                .build(this.steps, this.blobs)) {

            assertThat(small.readText("ten")).hasSize(10);
            assertFails(() -> small.readText("eleven"), "larger than 10 bytes");
        }
    }

    @Test
    void onlyFilesAreRead() throws IOException {
        Files.createDirectory(this.root.resolve("dir"));
        Files.createSymbolicLink(this.root.resolve("link"), file("file", "x"));

        assertFails(() -> this.connector.readFile("dir"), "there is a directory");
        assertFails(() -> this.connector.readFile("link"), "there is a symbolic link");
        assertFails(() -> this.connector.readFile("nothing"), "there is no such file");
        assertFails(() -> this.connector.readFile("no/way"), "there is no such file");
    }

    @Test
    void directoriesAreListedWithoutWhatIsEnacts() throws IOException {
        file("b.txt", "12345");
        Files.createDirectory(this.root.resolve("a"));
        Files.createDirectory(this.root.resolve(".enact"));
        Files.createSymbolicLink(this.root.resolve("c"), Path.of("b.txt"));

        StepResult result = this.connector.listDir(".");

        assertThat(result.output()).containsEntry("truncated", false);
        assertThat(result.output().get("entries"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
                .extracting(entry -> entry.get("name") + " " + entry.get("kind") + " " + entry.get("bytes"))
                .containsExactly("a directory null", "b.txt file 5", "c link null");
    }

    @Test
    void aLongListIsCutAndSaysSo() throws IOException {
        for (int i = 0; i < 20; i++) {
            file("f" + i, "");
        }
        try (FilesystemConnector small = FilesystemConnector.root(this.root)
                .operations(ALL)
                .limits(new FilesystemLimits(10, 5, 10))
                .build(this.steps, this.blobs)) {

            Map<String, ?> output = small.listDir("").output();

            assertThat(output.get("truncated")).isEqualTo(true);
            assertThat((List<?>) output.get("entries")).hasSize(5);
        }
    }

    @Test
    void onlyDirectoriesAreListed() throws IOException {
        file("file", "x");
        Files.createSymbolicLink(this.root.resolve("link"), this.temp);

        assertFails(() -> this.connector.listDir("file"), "goes through a file");
        assertFails(() -> this.connector.listDir("link"), "goes through a symbolic link");
        assertFails(() -> this.connector.listDir("nothing"), "no such directory");
    }

    // --- trouble ---

    @Test
    void aFullBlobStoreStopsTheChange() throws IOException {
        Path file = file("a.txt", "four");
        BlobStore tiny = BlobStore.inDirectory(this.temp.resolve("tiny"), 3);
        var steps = new cloud.enact.connector.RecordingSteps(tiny);
        try (FilesystemConnector small =
                FilesystemConnector.root(this.root).operations(ALL).build(steps, tiny)) {

            assertFails(() -> small.writeFile("a.txt", "x"), "larger than the blob store takes");
            assertFails(() -> small.deleteFile("a.txt"), "larger than the blob store takes");
            assertFails(() -> small.writeFile("b.txt", new ByteArrayInputStream(new byte[4])), "larger than");
        }
        assertThat(file).hasContent("four");
        assertThat(steps.records()).isEmpty();
    }

    @Test
    void messagesNameNoPaths() throws IOException {
        file("very-secret-name", "x");

        assertThatThrownBy(() -> this.connector.writeFile("very-secret-name/below", "x"))
                .hasMessageNotContaining("very-secret");
        assertThatThrownBy(() -> this.connector.readFile("../very-secret-name")).hasMessageNotContaining("very-secret");
    }

    @Test
    void aClosedConnectorFails() throws IOException {
        file("a.txt", "a");
        this.connector.close();

        assertThatThrownBy(() -> this.connector.readFile("a.txt")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> this.connector.deleteFile("a.txt")).isInstanceOf(RuntimeException.class);

        assertThat(this.root.resolve("a.txt")).exists();
    }

    private void assertFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(ConnectorException.class).hasMessageContaining(why);
    }

    private void assertRefused(String operation, Map<String, Object> args, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare(operation, args))
                .withMessageContaining(why);
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static void mkfifo(Path path) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "mkfifo is not installed");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", path.toString())
                        .start()
                        .waitFor())
                .isZero();
    }
}
