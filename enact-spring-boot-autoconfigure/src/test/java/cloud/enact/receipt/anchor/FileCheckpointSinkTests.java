package cloud.enact.receipt.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import cloud.enact.receipt.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileCheckpointSinkTests {

    @TempDir
    private Path folder;

    private final Checkpoint first = SomeCheckpoints.of("orders", 3);

    private final Checkpoint second = SomeCheckpoints.of("orders", 7);

    private Path file() {
        return this.folder.resolve("below/checkpoints.txt");
    }

    @Test
    void whatItIsGivenCanBeReadBack() throws Exception {
        FileCheckpointSink sink = new FileCheckpointSink(file());
        assertThat(SomeCheckpoints.notes(sink)).isEmpty();

        sink.accept(this.first);
        new FileCheckpointSink(file()).accept(this.second);

        assertThat(SomeCheckpoints.notes(sink)).containsExactly(this.first.note(), this.second.note());
        assertThat(file()).content().isEqualTo(this.first.note() + "\n" + this.second.note() + "\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileItMakesIsForItsOwnerOnlyAndAnotherKeepsItsRights() throws Exception {
        FileCheckpointSink sink = new FileCheckpointSink(file());
        sink.accept(this.first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        sink.accept(this.second);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-r-----");
    }

    @Test
    void halfARecordOfACrashHidesNoLaterOne() throws Exception {
        FileCheckpointSink sink = new FileCheckpointSink(file());
        sink.accept(this.first);
        byte[] torn = this.second.note().getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length <= torn.length; length++) {
            Files.write(file(), (this.first.note() + "\n").getBytes(StandardCharsets.UTF_8));
            Files.write(file(), Arrays.copyOf(torn, length), StandardOpenOption.APPEND);

            sink.accept(this.second);

            assertThat(SomeCheckpoints.notes(sink))
                    .as("torn after " + length + " bytes")
                    .startsWith(this.first.note())
                    .endsWith(this.second.note());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLinkOrAPipeInItsPlaceIsRefused() throws Exception {
        Path elsewhere = Files.createFile(this.folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(this.folder.resolve("link"), elsewhere);
        Path dangling = Files.createSymbolicLink(this.folder.resolve("dangling"), this.folder.resolve("nothing"));
        Path pipe = this.folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        for (Path place : List.of(link, dangling, pipe, this.folder)) {
            assertThatIOException()
                    .isThrownBy(() -> new FileCheckpointSink(place).accept(this.first))
                    .withMessageContaining("plain file");
        }
        assertThat(elsewhere).isEmptyFile();
        assertThat(this.folder.resolve("nothing")).doesNotExist();
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void twoProcessesShareAFile() throws Exception {
        List<Process> writers = new ArrayList<>();
        for (String log : List.of("one", "two")) {
            writers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FileWriter.class.getName(),
                            file().toString(),
                            log)
                    .redirectErrorStream(true)
                    .redirectOutput(this.folder.resolve(log + ".out").toFile())
                    .start());
        }
        for (Process writer : writers) {
            assertThat(writer.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.exitValue()).isZero();
        }

        List<String> notes = SomeCheckpoints.notes(new FileCheckpointSink(file()));
        assertThat(notes).hasSize(2 * FileWriter.COUNT).doesNotHaveDuplicates();
        for (String log : List.of("one", "two")) {
            List<String> expected = new ArrayList<>();
            for (int size = 1; size <= FileWriter.COUNT; size++) {
                expected.add(SomeCheckpoints.of(log, size).note());
            }
            assertThat(notes).containsSubsequence(expected);
        }
    }

    /** Another application on the same file. */
    static final class FileWriter {

        static final int COUNT = 200;

        private FileWriter() {}

        public static void main(String[] args) throws IOException {
            FileCheckpointSink sink = new FileCheckpointSink(Path.of(args[0]));
            for (int size = 1; size <= COUNT; size++) {
                sink.accept(SomeCheckpoints.of(args[1], size));
            }
        }
    }
}
