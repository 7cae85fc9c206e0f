package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.ConnectorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JailTests extends FilesystemFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../outside",
                "a/../../outside",
                "a/..",
                "./a",
                "a/./b",
                "a//b",
                "a/",
                "/",
                "//",
                "/etc/passwd",
                "a\u0000b",
                "a/b\u0000/../c",
                ".enact",
                ".enact/enact.db",
                ".ENACT/enact.db",
                "sub/.Enact/x",
                ".enact-stage",
                ".enact-stage/x",
                "deep/.ENACT-STAGE/lock",
                "half \uD800 a character"
            })
    void hostilePathsAreRefusedByEveryOperation(String path) {
        for (String operation : List.of("read_file", "list_dir", "delete_file", "delete_dir")) {
            assertRefused(operation, Map.of("path", path));
        }
        assertRefused("write_file", Map.of("path", path, "content", "x"));
        assertRefused("append_file", Map.of("path", path, "content", "x"));
        assertRefused("move_file", Map.of("path", path, "to", "ok"));
        assertRefused("move_file", Map.of("path", "ok", "to", path));
    }

    @Test
    void overlongPathsAreRefused() {
        assertRefused("read_file", Map.of("path", "x".repeat(256)));
        assertRefused("read_file", Map.of("path", "\u00fc".repeat(128)));
        assertRefused("read_file", Map.of("path", "x/".repeat(128) + "x"));
        assertRefused("read_file", Map.of("path", "x".repeat(100_000)));
        assertThat(this.connector.prepare("read_file", Map.of("path", "x".repeat(255))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "."})
    void theRootIsListedAndNothingElse(String path) {
        assertThat(this.connector.prepare("list_dir", Map.of("path", path))).isNotNull();
        for (String operation : List.of("read_file", "delete_file", "delete_dir")) {
            assertRefused(operation, Map.of("path", path));
        }
        assertRefused("write_file", Map.of("path", path, "content", "x"));
        assertRefused("move_file", Map.of("path", path, "to", "ok"));
        assertRefused("delete_dir", Map.of("path", this.root.toString()));
    }

    @Test
    void absolutePathsBelowTheRootAreTaken() throws IOException {
        file("d/a.txt", "a");

        assertThat(this.connector.readText(this.root + "/d/a.txt")).isEqualTo("a");
        assertRefused("read_file", Map.of("path", this.root + "x/a.txt"));
        assertRefused("read_file", Map.of("path", this.root + "/../outside"));
        assertRefused("read_file", Map.of("path", this.temp + "/outside"));
    }

    @Test
    void linksOnTheWayAreNotFollowed() throws IOException {
        Path outside = Files.createDirectory(this.temp.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createDirectory(outside.resolve("dir"));
        Files.createSymbolicLink(this.root.resolve("link"), outside);
        file("own.txt", "own");

        List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> attempts = List.of(
                () -> this.connector.readFile("link/secret"),
                () -> this.connector.writeFile("link/secret", "x"),
                () -> this.connector.writeFile("link/new/deep", "x"),
                () -> this.connector.appendFile("link/secret", "x"),
                () -> this.connector.deleteFile("link/secret"),
                () -> this.connector.deleteDir("link/dir"),
                () -> this.connector.listDir("link"),
                () -> this.connector.listDir("link/dir"),
                () -> this.connector.moveFile("link/secret", "stolen"),
                () -> this.connector.moveFile("own.txt", "link/own.txt"));
        for (var attempt : attempts) {
            assertThatThrownBy(attempt)
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("goes through a symbolic link");
        }

        assertThat(outside.resolve("secret")).hasContent("secret");
        assertThat(outside.resolve("new")).doesNotExist();
        assertThat(this.root.resolve("own.txt")).exists();
    }

    @Test
    void linksAtTheEndAreNotWrittenThrough() throws IOException {
        Path secret = Files.writeString(this.temp.resolve("secret"), "secret");
        Files.createSymbolicLink(this.root.resolve("link"), secret);
        Files.createSymbolicLink(this.root.resolve("dangling"), this.temp.resolve("made"));

        assertThatThrownBy(() -> this.connector.readFile("link")).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> this.connector.writeFile("link", "x")).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> this.connector.appendFile("dangling", "x")).isInstanceOf(ConnectorException.class);

        assertThat(secret).hasContent("secret");
        assertThat(this.temp.resolve("made")).doesNotExist();
    }

    @Test
    void enactsDataIsOutOfReachUnderAnyName() throws IOException {
        Path data = Files.createDirectories(this.root.resolve("app/data"));
        Path database = Files.writeString(data.resolve("enact.db"), "records");
        try (FilesystemConnector guarded = FilesystemConnector.root(this.root)
                .operations(ALL)
                .outOfReach(data)
                .outOfReach(this.root.resolve("later"))
                .build(this.steps, this.blobs)) {
            Files.createDirectory(this.root.resolve("later"));

            assertThatIllegalArgumentException().isThrownBy(() -> guarded.readFile("app/data/enact.db"));
            assertThatIllegalArgumentException().isThrownBy(() -> guarded.deleteDir("app/data"));
            assertThatIllegalArgumentException().isThrownBy(() -> guarded.writeFile("later/x", "x"));
            assertThatThrownBy(() -> guarded.deleteDir("app")).hasMessageContaining("out of reach");
            assertThat(guarded.listDir("app").output().get("entries")).isEqualTo(List.of());

            Files.move(data, this.root.resolve("app/renamed"));
            assertThatThrownBy(() -> guarded.readFile("app/renamed/enact.db")).hasMessageContaining("out of reach");
            assertThatThrownBy(() -> guarded.deleteDir("app/renamed")).hasMessageContaining("out of reach");
            assertThatThrownBy(() -> guarded.deleteDir("app")).hasMessageContaining("out of reach");
            assertThat(guarded.listDir("app").output().get("entries")).isEqualTo(List.of());
            assertThat(this.root.resolve("app/renamed/enact.db")).exists();
        }
        assertThat(database).doesNotExist();
    }

    @Test
    void theStagingDirectoryIsOutOfReachUnderAnotherNameToo() throws IOException {
        Files.move(this.root.resolve(Stage.DIRECTORY), this.root.resolve("renamed"));

        assertThatThrownBy(() -> this.connector.listDir("renamed")).hasMessageContaining("out of reach");
        assertThatThrownBy(() -> this.connector.deleteDir("renamed")).hasMessageContaining("out of reach");

        Files.move(this.root.resolve("renamed"), this.root.resolve(Stage.DIRECTORY));
    }

    @Test
    void aTreeThatHoldsSomebodysEnactDataIsNotDeleted() throws IOException {
        file("project/.enact/enact.db", "records");
        file("project/a.txt", "a");

        assertThatThrownBy(() -> this.connector.deleteDir("project")).hasMessageContaining("out of reach");

        assertThat(this.root.resolve("project/.enact/enact.db")).exists();
        assertThat(this.root.resolve("project/a.txt")).exists();
    }

    @Test
    void rootsThatConfineNothingAreRefused() throws IOException {
        Path file = Files.writeString(this.temp.resolve("file"), "x");

        for (Path bad : List.of(Path.of("/"), file, this.temp.resolve("missing"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FilesystemConnector.root(bad).build(this.steps, this.blobs));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilesystemConnector.root(this.temp.resolve("data/blobs"))
                        .outOfReach(this.temp.resolve("data"))
                        .build(this.steps, this.blobs));
    }

    @Test
    void aRootThatIsALinkIsResolvedOnce() throws IOException {
        Path link = Files.createSymbolicLink(this.temp.resolve("link"), this.root);
        file("a.txt", "a");
        try (FilesystemConnector linked =
                FilesystemConnector.root(link).operations(ALL).build(this.steps, this.blobs)) {
            Files.delete(link);
            Files.createSymbolicLink(link, Path.of("/etc"));

            assertThat(linked.readText("a.txt")).isEqualTo("a");
        }
    }

    @Test
    void somethingElseWhereTheStagingDirectoryShouldBeIsRefused() throws IOException {
        Path other = Files.createDirectory(this.temp.resolve("other"));
        Path outside = Files.createDirectory(this.temp.resolve("outside"));
        Files.createSymbolicLink(other.resolve(Stage.DIRECTORY), outside);

        assertThatThrownBy(() -> FilesystemConnector.root(other).operations(ALL).build(this.steps, this.blobs))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("symbolic link");

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aStagingDirectoryThatIsSwappedLeadsNowhereElse() throws IOException {
        Path outside = Files.createDirectory(this.temp.resolve("outside"));
        file("d/a.txt", "a");
        Files.createSymbolicLink(this.root.resolve("d/link"), Path.of("/etc/passwd"));
        TreeSnapshot before = snapshot();
        this.connector.deleteDir("d");
        Files.move(this.root.resolve(Stage.DIRECTORY), this.temp.resolve("stolen"));
        Files.createSymbolicLink(this.root.resolve(Stage.DIRECTORY), outside);

        List<cloud.enact.undo.Restoration> answers = undoAll();
        this.connector.writeFile("new/dir/x", "x");

        assertThat(answers).containsExactly(cloud.enact.undo.Restoration.RESTORED);
        assertThat(outside).isEmptyDirectory();
        assertThat(this.root.resolve("d/a.txt")).hasContent("a");
        assertThat(before.entries()).containsKey("d/link");
    }

    @Test
    void aConnectorThatOnlyReadsLeavesNoTrace() throws IOException {
        Path other = Files.createDirectory(this.temp.resolve("other"));
        Files.writeString(other.resolve("a.txt"), "a");
        try (FilesystemConnector reader = FilesystemConnector.root(other)
                .operations(List.of("read_file", "list_dir"))
                .build(this.steps, this.blobs)) {
            reader.readFile("a.txt");
            reader.listDir(".");
        }
        assertThat(other.resolve(Stage.DIRECTORY)).doesNotExist();
    }

    @Test
    void namesOfConnectorsAreChecked() {
        for (String bad : List.of("", "File System", "a..b", ".a", "Ä", "a/b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FilesystemConnector.root(this.root).name(bad));
        }
        assertThat(FilesystemConnector.root(this.root).name("filesystem.docs_2"))
                .isNotNull();
    }

    @Test
    void limitsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FilesystemLimits(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FilesystemLimits(1L << 40, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FilesystemLimits(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FilesystemLimits(1, 1, 0));
    }

    private void assertRefused(String operation, Map<String, Object> args) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.connector.prepare(operation, args));
    }
}
