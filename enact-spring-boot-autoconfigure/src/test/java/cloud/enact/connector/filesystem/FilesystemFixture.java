package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.RecordingSteps;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A root, a connector that may do everything, and a run. */
abstract class FilesystemFixture {

    static final Set<String> ALL =
            Set.of("read_file", "list_dir", "write_file", "append_file", "move_file", "delete_file", "delete_dir");

    @TempDir
    Path temp;

    Path root;

    BlobStore blobs;

    RecordingSteps steps;

    FilesystemConnector connector;

    @BeforeEach
    void openConnector() throws IOException {
        this.root = Files.createDirectory(this.temp.resolve("root")).toRealPath();
        this.blobs = BlobStore.inDirectory(this.temp.resolve("data"));
        this.steps = new RecordingSteps(this.blobs);
        this.connector = FilesystemConnector.root(this.root).operations(ALL).build(this.steps, this.blobs);
    }

    @AfterEach
    void closeConnector() throws IOException {
        this.connector.close();
    }

    /** A file with a time and mode of its own. */
    Path file(String path, String content) throws IOException {
        Path file = this.root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_600_000_000, 123_456_789)));
        return file;
    }

    TreeSnapshot snapshot() {
        return TreeSnapshot.of(this.root);
    }

    /** Undoes everything, and says what came of it, newest first. */
    List<Restoration> undoAll() {
        return this.steps.undoAll(this.connector.undo()).stream()
                .map(StepRestoration::restoration)
                .toList();
    }

    /** Precheck and undo agree that everything comes back, and it does. */
    void assertUndone(TreeSnapshot before) {
        assertThat(this.steps.precheck(this.connector.undo())).isNotEmpty().containsOnly(Restoration.RESTORED);
        for (StepRestoration answer : this.steps.undoAll(this.connector.undo())) {
            assertThat(answer.restoration()).as(answer.detail()).isEqualTo(Restoration.RESTORED);
        }
        assertThat(snapshot()).isEqualTo(before);
        assertStageIsEmpty();
    }

    void assertStageIsEmpty() {
        try (var all = Files.walk(this.root.resolve(Stage.DIRECTORY))) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(path -> path.getFileName().toString()))
                    .containsOnly("lock");
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    void assertFails(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(ConnectorException.class).hasMessageContaining(why);
    }

    void assertRefused(String operation, Map<String, Object> args, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare(operation, args))
                .withMessageContaining(why);
    }

    /** What somebody else writes, in the middle of a step. */
    static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
