package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is staged belongs to one living instance, and what can't be cleared away there is no failure of a step. */
class StageTests extends FilesystemFixture {

    @Test
    void anotherProcessLeavesAStageAloneThatTwoConnectorsOfThisOneLookedAt() throws Exception {
        try (FilesystemConnector second =
                FilesystemConnector.root(this.root).operations(ALL).build(this.steps, this.blobs)) {
            second.writeFile("b.txt", "b");

            run(this.root, this.temp.resolve("other"));

            assertThatCode(() -> this.connector.writeFile("a.txt", "a")).doesNotThrowAnyException();
            assertThatCode(() -> second.writeFile("c.txt", "c")).doesNotThrowAnyException();
        }
    }

    @Test
    void aTreeThatIsGoneIsDeletedEvenWhenItsRemainsCannotBeCleared() throws Exception {
        Path stuck = file("d/stuck.txt", "a");
        file("d/sub/b.txt", "b");
        TreeSnapshot before = snapshot();
        Assumptions.assumeTrue(ran("chattr", "+i", stuck.toString()), "files can't be made immutable here");

        try {
            assertThatCode(() -> this.connector.deleteDir("d")).doesNotThrowAnyException();

            assertThat(this.root.resolve("d")).doesNotExist();
            assertThat(this.steps.records()).extracting(UndoRecord::state).containsExactly(UndoRecord.State.DONE);
            assertThat(undoAll()).containsExactly(Restoration.RESTORED);
            assertThat(snapshot()).isEqualTo(before);
        } finally {
            try (var all = Files.walk(this.root)) {
                for (Path path : all.filter(each -> each.endsWith("stuck.txt")).toList()) {
                    ran("chattr", "-i", path.toString());
                }
            }
        }
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInPlaceOfALockStopsNobody() throws Exception {
        Path left = Files.createDirectory(this.root.resolve(Stage.DIRECTORY).resolve("left"));
        Assumptions.assumeTrue(ran("mkfifo", left.resolve("lock").toString()), "no pipes can be made here");

        try (FilesystemConnector next =
                FilesystemConnector.root(this.root).operations(ALL).build(this.steps, this.blobs)) {
            assertThatCode(() -> next.writeFile("a.txt", "a")).doesNotThrowAnyException();
        }
    }

    private static boolean ran(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException ex) {
            return false;
        }
    }

    private static void run(Path root, Path data) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        root.toString(),
                        data.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(output).isZero();
    }

    /** Opens the root and closes it. */
    static final class Other {

        private Other() {}

        public static void main(String[] args) throws IOException {
            BlobStore blobs = BlobStore.inDirectory(Path.of(args[1]));
            FilesystemConnector.root(Path.of(args[0]))
                    .operations(ALL)
                    .build(new RecordingSteps(blobs), blobs)
                    .close();
        }
    }
}
