package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large files and large trees need no more memory than small ones: the work is done in a process with a small heap. */
class MemoryTests {

    private Path temp;

    @BeforeEach
    void prepare() throws IOException {
        this.temp = FastDirectory.create();
    }

    @AfterEach
    void tidy() throws IOException {
        FastDirectory.delete(this.temp);
    }

    @ParameterizedTest
    @CsvSource({"file, 120000000, 32m", "tree, 20000, 24m"})
    void aSmallHeapIsEnough(String what, String size, String heap) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:MaxDirectMemorySize=16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Large.class.getName(),
                        this.temp.toString(),
                        what,
                        size)
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor(180, TimeUnit.SECONDS)).isTrue();

        assertThat(child.exitValue()).as(output).isZero();
        assertThat(output).contains("restored");
    }

    /** Changes and restores something large. */
    static final class Large {

        private Large() {}

        public static void main(String[] args) throws IOException {
            Path temp = Path.of(args[0]);
            long size = Long.parseLong(args[2]);
            Path root = Files.createDirectories(temp.resolve("root"));
            BlobStore blobs = BlobStore.inDirectory(temp.resolve("data"));
            RecordingSteps steps = new RecordingSteps(blobs);
            try (FilesystemConnector connector = FilesystemConnector.root(root)
                    .operations(FilesystemFixture.ALL)
                    .build(steps, blobs)) {
                if (args[1].equals("file")) {
                    file(connector, size);
                } else {
                    tree(connector, root, size);
                }
                for (Restoration foreseen : steps.precheck(connector.undo())) {
                    require(foreseen == Restoration.RESTORED, "foreseen " + foreseen);
                }
                for (StepRestoration answer : steps.undoAll(connector.undo())) {
                    require(answer.restoration() == Restoration.RESTORED, answer.detail());
                }
            }
            System.out.println("restored");
        }

        private static void file(FilesystemConnector connector, long size) {
            connector.writeFile("large", new Zeros(size));
            connector.appendFile("large", "the end");
            connector.deleteFile("large");
        }

        private static void tree(FilesystemConnector connector, Path root, long size) throws IOException {
            for (long i = 0; i < size; i++) {
                Path directory = root.resolve("tree/" + (i % 3 == 0 ? "flat" : "d" + (i / 100)));
                if (i % 100 <= 3) {
                    Files.createDirectories(directory);
                }
                Files.createFile(directory.resolve("file-" + i));
            }
            require(connector.deleteDir("tree").output().get("entries") instanceof Long count && count > size, "count");
            require(!Files.exists(root.resolve("tree")), "still there");
        }

        private static void require(boolean holds, String what) {
            if (!holds) {
                throw new IllegalStateException(what);
            }
        }
    }

    /** As many zeros as wanted, none of them in memory. */
    private static final class Zeros extends InputStream {

        private long left;

        private Zeros(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return (this.left-- > 0) ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (this.left <= 0) {
                return -1;
            }
            int n = (int) Math.min(this.left, length);
            java.util.Arrays.fill(buffer, offset, offset + n, (byte) 0);
            this.left -= n;
            return n;
        }
    }
}
