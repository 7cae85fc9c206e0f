package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Effort;
import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.RecordingSteps;
import cloud.enact.undo.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * F1: somebody swaps a directory for a link, over and over, while the agent works in it: 15,000 times a read and 750
 * times everything else, and four and two times as often with {@code -Pfaults}.
 */
class RaceTests {

    private Path temp;

    private Path root;

    private Path outside;

    private RecordingSteps steps;

    private FilesystemConnector connector;

    private final AtomicBoolean stop = new AtomicBoolean();

    private final AtomicLong swaps = new AtomicLong();

    private Thread attacker;

    @BeforeEach
    void attack() throws IOException {
        this.temp = FastDirectory.create();
        this.root = Files.createDirectory(this.temp.resolve("root"));
        this.outside = Files.createDirectory(this.temp.resolve("outside"));
        Files.writeString(this.outside.resolve("secret"), "outside");
        Files.createDirectories(this.outside.resolve("tree/inner"));
        Files.writeString(this.outside.resolve("tree/inner/kept"), "outside");
        Files.createDirectory(this.root.resolve("sub"));
        BlobStore blobs = BlobStore.inDirectory(this.temp.resolve("data"));
        this.steps = new RecordingSteps(blobs);
        this.connector = FilesystemConnector.root(this.root)
                .operations(FilesystemFixture.ALL)
                .build(this.steps, blobs);
        this.attacker = new Thread(this::swap, "attacker");
        this.attacker.start();
    }

    @AfterEach
    void retreat() throws Exception {
        this.stop.set(true);
        this.attacker.join();
        this.connector.close();
        FastDirectory.delete(this.temp);
    }

    @Test
    void theHarnessIsHonestANaiveCheckEscapes() {
        long escapes = 0;

        for (int i = 0; i < 2_000_000 && escapes == 0; i++) {
            Path target = this.root.resolve("sub/escaped").normalize();
            assertThat(target.startsWith(this.root)).isTrue();
            try {
                Files.writeString(target, "agent's");
            } catch (IOException ex) {
                continue;
            }
            escapes += Files.exists(this.outside.resolve("escaped")) ? 1 : 0;
        }

        assertThat(escapes).isPositive();
    }

    @Test
    void noOperationEscapes() throws IOException {
        int done = 0;
        for (int i = 0; i < Effort.of(750, 1_500); i++) {
            String name = "f" + (i % 10);
            done += attempt(() -> this.connector.writeFile("sub/" + name, "agent's"));
            done += attempt(() -> this.connector.writeFile("sub/tree/inner/" + name, "agent's"));
            done += attempt(() -> this.connector.appendFile("sub/secret", "agent's"));
            done += attempt(
                    () -> assertThat(this.connector.readText("sub/secret")).startsWith("agent's"));
            done += attempt(() -> assertThat(this.connector
                            .listDir("sub")
                            .output()
                            .get("entries")
                            .toString())
                    .doesNotContain("kept"));
            done += attempt(() -> this.connector.moveFile("sub/" + name, "sub/g"));
            done += attempt(() -> this.connector.deleteFile("sub/g"));
            done += attempt(() -> this.connector.deleteFile("sub/secret"));
            done += attempt(() -> this.connector.deleteDir("sub/tree"));
            assertOutsideIsUntouched();
        }

        // both sides got their turns, or nothing was shown
        assertThat(done).isPositive();
        assertThat(this.swaps.get()).isGreaterThan(100);
    }

    @Test
    void noReadEscapes() {
        long refused = 0;
        for (int i = 0; i < Effort.of(15_000, 60_000); i++) {
            try {
                assertThat(this.connector.readText("sub/secret")).isNotEqualTo("outside");
            } catch (ConnectorException ex) {
                refused++;
            }
            try {
                assertThat(this.connector.listDir("sub").output().get("entries").toString())
                        .doesNotContain("secret");
            } catch (ConnectorException ex) {
                refused++;
            }
        }

        assertThat(refused).isPositive();
        assertThat(this.swaps.get()).isGreaterThan(100);
    }

    @Test
    void noUndoEscapes() throws IOException {
        for (int i = 0; i < 200; i++) {
            String name = "f" + i;
            attempt(() -> this.connector.writeFile("sub/" + name, "agent's"));
            attempt(() -> this.connector.writeFile("sub/secret", "agent's " + name));
            attempt(() -> this.connector.deleteDir("sub/tree"));
            attempt(() -> this.connector.writeFile("sub/tree/x", "agent's"));
        }
        for (int round = 0; round < 3; round++) {
            this.steps.precheck(this.connector.undo());
            this.steps.records().forEach(record -> this.connector.undo().undo(record, true));
            assertOutsideIsUntouched();
        }

        assertThat(this.steps.records()).isNotEmpty();
    }

    private int attempt(Runnable operation) {
        try {
            operation.run();
            return 1;
        } catch (ConnectorException ex) {
            return 0;
        }
    }

    private void assertOutsideIsUntouched() throws IOException {
        try (var all = Files.walk(this.outside)) {
            List<String> names = all.map(path -> this.outside.relativize(path).toString())
                    .filter(name -> !name.isEmpty())
                    .sorted()
                    .toList();
            assertThat(names).containsExactly("secret", "tree", "tree/inner", "tree/inner/kept");
        }
        assertThat(this.outside.resolve("secret")).hasContent("outside");
        assertThat(this.outside.resolve("tree/inner/kept")).hasContent("outside");
    }

    private void swap() {
        Path sub = this.root.resolve("sub");
        Path aside = this.root.resolve("aside");
        while (!this.stop.get()) {
            try {
                Files.move(sub, aside);
                Files.createSymbolicLink(sub, this.outside);
                Files.delete(sub);
                Files.move(aside, sub);
                this.swaps.incrementAndGet();
            } catch (IOException ex) {
                // the agent may have made a directory of that name meanwhile
                restore(sub, aside);
            }
        }
    }

    private static void restore(Path sub, Path aside) {
        try {
            if (Files.isSymbolicLink(sub)) {
                Files.delete(sub);
            }
            if (Files.exists(aside) && Files.exists(sub)) {
                try (var left = Files.walk(aside)) {
                    left.sorted(java.util.Comparator.reverseOrder())
                            .forEach(path -> path.toFile().delete());
                }
            } else if (Files.exists(aside)) {
                Files.move(aside, sub);
            } else if (!Files.exists(sub)) {
                Files.createDirectory(sub);
            }
        } catch (IOException | java.io.UncheckedIOException ex) {
            // somebody was in the way once more: the next turn tries again
            Thread.onSpinWait();
        }
    }
}
