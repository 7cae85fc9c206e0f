package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MoveFileTests extends FilesystemFixture {

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
}
