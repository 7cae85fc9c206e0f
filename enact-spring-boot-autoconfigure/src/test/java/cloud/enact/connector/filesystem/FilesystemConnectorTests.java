package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesystemConnectorTests extends FilesystemFixture {

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
        var steps = new RecordingSteps(tiny);
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
    void readingAFileLeavesNothingToUndo() throws IOException {
        file("a.txt", "a");

        this.connector.readFile("a.txt");

        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void listingADirectoryLeavesNothingToUndo() {
        this.connector.listDir(".");

        assertThat(this.steps.records()).isEmpty();
    }

    @Test
    void aClosedConnectorFails() throws IOException {
        file("a.txt", "a");
        this.connector.close();

        assertThatThrownBy(() -> this.connector.readFile("a.txt")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> this.connector.deleteFile("a.txt")).isInstanceOf(RuntimeException.class);

        assertThat(this.root.resolve("a.txt")).exists();
    }
}
