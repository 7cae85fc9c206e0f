package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Special bits, extended attributes and further names: they come back, or the report says that they did not. */
class MetadataTests extends FilesystemFixture {

    @BeforeEach
    void requireAttributes() throws IOException {
        Assumptions.assumeTrue(
                Files.getFileStore(this.root).supportsFileAttributeView(UserDefinedFileAttributeView.class),
                "the file system has no extended attributes");
    }

    @Test
    void specialBitsAndAttributesOfATreeComeBack() throws IOException {
        mode(file("d/tool", "tool"), 04751);
        attribute(this.root.resolve("d/tool"), "origin", "somewhere");
        file("d/shared/a.txt", "a");
        mode(this.root.resolve("d/shared"), 03775);
        attribute(this.root.resolve("d/shared"), "team", "blue");
        mode(this.root.resolve("d"), 02750);
        TreeSnapshot before = snapshot();

        this.connector.deleteDir("d");
        assertUndone(before);

        assertThat(mode(this.root.resolve("d"))).isEqualTo(02750);
        assertThat(mode(this.root.resolve("d/tool"))).isEqualTo(04751);
        assertThat(attribute(this.root.resolve("d/tool"), "origin")).isEqualTo("somewhere");
        assertThat(mode(this.root.resolve("d/shared"))).isEqualTo(03775);
        assertThat(attribute(this.root.resolve("d/shared"), "team")).isEqualTo("blue");
        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void specialBitsAndAttributesOfAPartThatIsMissingComeBack() throws IOException {
        file("d/kept.txt", "kept");
        mode(file("d/sub/tool", "tool"), 02711);
        mode(this.root.resolve("d/sub"), 01777);
        attribute(this.root.resolve("d/sub"), "team", "blue");
        mode(this.root.resolve("d"), 02755);
        attribute(this.root.resolve("d"), "team", "red");
        this.connector.deleteDir("d");
        file("d/kept.txt", "kept");
        mode(this.root.resolve("d"), 02755);

        StepRestoration answer = this.steps.undoAll(this.connector.undo()).get(0);

        assertThat(answer.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(answer.detail()).contains("but extended attributes could not be restored");
        assertThat(mode(this.root.resolve("d"))).isEqualTo(02755);
        assertThat(mode(this.root.resolve("d/sub"))).isEqualTo(01777);
        assertThat(attribute(this.root.resolve("d/sub"), "team")).isEqualTo("blue");
        assertThat(mode(this.root.resolve("d/sub/tool"))).isEqualTo(02711);
    }

    @Test
    void aFileThatIsDeletedComesBackWithAllOfIt() throws IOException {
        mode(file("tool", "tool"), 06755);
        attribute(this.root.resolve("tool"), "origin", "somewhere");

        this.connector.deleteFile("tool");
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        assertThat(mode(this.root.resolve("tool"))).isEqualTo(06755);
        assertThat(attribute(this.root.resolve("tool"), "origin")).isEqualTo("somewhere");
    }

    @Test
    void newContentKeepsAttributesButNotTheRightsOfTheOldContent() throws IOException {
        mode(file("tool", "tool"), 04755);
        attribute(this.root.resolve("tool"), "origin", "somewhere");

        StepResult result = this.connector.writeFile("tool", "agent's");

        assertThat(mode(this.root.resolve("tool"))).isEqualTo(0755);
        assertThat(attribute(this.root.resolve("tool"), "origin")).isEqualTo("somewhere");
        assertThat(result.output().get("note")).asString().contains("set-user");
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);
        assertThat(mode(this.root.resolve("tool"))).isEqualTo(04755);
        assertThat(attribute(this.root.resolve("tool"), "origin")).isEqualTo("somewhere");
    }

    @Test
    void theSameContentTakesNoRightsAway() throws IOException {
        mode(file("tool", "tool"), 04755);

        assertThat(this.connector.writeFile("tool", "tool").alreadyDone()).isEqualTo("unchanged");

        assertThat(mode(this.root.resolve("tool"))).isEqualTo(04755);
    }

    @Test
    void aSpecialBitSomebodySetIsAConflict() throws IOException {
        this.connector.writeFile("tool", "agent's");
        int mode = mode(this.root.resolve("tool"));
        mode(this.root.resolve("tool"), mode | 04000);

        assertThat(undoAll()).containsExactly(Restoration.CONFLICT);

        assertThat(mode(this.root.resolve("tool"))).isEqualTo(mode | 04000);
    }

    @Test
    void whatSomebodySetsWhileAStepWaitsIsNotLost() throws IOException {
        Path file = file("a.txt", "old");
        for (Change change : List.<Change>of(
                () -> mode(file, mode(file) ^ 04000), () -> attribute(file, "origin", "set at " + System.nanoTime()))) {
            this.steps.meanwhile(() -> {
                try {
                    change.make();
                } catch (IOException ex) {
                    throw new java.io.UncheckedIOException(ex);
                }
            });

            assertThatThrownBy(() -> this.connector.writeFile("a.txt", "new"))
                    .hasMessageContaining("somebody else changed it");
            assertThatThrownBy(() -> this.connector.deleteFile("a.txt"))
                    .hasMessageContaining("somebody else changed it");
        }

        assertThat(file).hasContent("old");
    }

    @Test
    void manyAtOnceInOneDirectoryDoNotDisturbEachOther() throws Exception {
        Files.createDirectory(this.root.resolve("d"));
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String name = "f" + i;
            writers.add(() -> {
                for (int round = 0; round < 40; round++) {
                    this.connector.writeFile("d/" + name, name + " in round " + round);
                    this.connector.writeFile("d/new" + name + "/" + round, "new");
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        try {
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(undoAll()).hasSize(6 * 40 * 2).containsOnly(Restoration.RESTORED);
        assertThat(this.root.resolve("d")).isEmptyDirectory();
    }

    @Test
    void anAttributeThatChangesWhileATreeIsDeletedPutsItBack() throws IOException {
        Path file = file("d/a.txt", "a");
        attribute(file, "origin", "here");
        this.steps.meanwhile(() -> {
            try {
                attribute(file, "origin", "gone");
            } catch (IOException ex) {
                throw new java.io.UncheckedIOException(ex);
            }
        });

        assertThatThrownBy(() -> this.connector.deleteDir("d")).hasMessageContaining("somebody else changed it");

        assertThat(attribute(file, "origin")).isEqualTo("gone");
    }

    @Test
    void moreAttributesThanARecordHoldsAreRefused() throws IOException {
        Path fast = FastDirectory.create();
        try {
            Path file = Files.writeString(fast.resolve("a.txt"), "a");
            try {
                attribute(file, "large", "x".repeat(20_000));
            } catch (IOException ex) {
                Assumptions.abort("the file system takes no large attributes");
            }
            try (FilesystemConnector there =
                    FilesystemConnector.root(fast).operations(ALL).build(this.steps, this.blobs)) {
                assertThatThrownBy(() -> there.deleteFile("a.txt")).hasMessageContaining("extended attributes");
            }
            assertThat(file).hasContent("a");
        } finally {
            FastDirectory.delete(fast);
        }
    }

    @Test
    void aFileWithFurtherNamesIsSplitAndItIsSaid() throws IOException {
        Path file = file("a.txt", "shared");
        Files.createLink(this.root.resolve("b.txt"), file);

        StepResult written = this.connector.writeFile("a.txt", "mine");
        StepRestoration undone = this.steps.undoAll(this.connector.undo()).get(0);

        assertThat(written.output().get("note")).asString().contains("2 names (hard links)");
        assertThat(undone.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(undone.detail()).contains("further names (hard links)");
        assertThat(file).hasContent("shared");
    }

    @Test
    void aDeletionThatSplitsFilesSaysSo() throws IOException {
        Files.createDirectory(this.root.resolve("d"));
        Files.createLink(this.root.resolve("d/a.txt"), file("a.txt", "shared"));
        Files.createLink(this.root.resolve("c.txt"), file("e.txt", "other"));

        StepResult tree = this.connector.deleteDir("d");
        StepResult single = this.connector.deleteFile("c.txt");

        assertThat(tree.output().get("note")).asString().contains("hard links");
        assertThat(single.output().get("note")).asString().contains("hard links");
        assertThat(this.steps.undoAll(this.connector.undo()))
                .extracting(StepRestoration::detail)
                .allSatisfy(detail -> assertThat(detail).contains("a file of its own now"));
    }

    @Test
    void nothingIsSaidOfAnOrdinaryFile() throws IOException {
        file("a.txt", "old");

        StepResult written = this.connector.writeFile("a.txt", "new");

        assertThat(written.output()).doesNotContainKey("note");
        assertThat(this.steps.undoAll(this.connector.undo()).get(0).detail())
                .isEqualTo("'a.txt' is as before the step");
    }

    @Test
    void theOwnerOfALinkComesBack() throws IOException {
        Path link = Files.createSymbolicLink(this.root.resolve("link"), Path.of("nowhere"));
        try {
            Files.setAttribute(link, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException ex) {
            Assumptions.abort("only root gives files away");
        }

        this.connector.deleteFile("link");
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        assertThat(Files.getAttribute(link, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(12345);
    }

    @Test
    void aFileThatLostItsOwnerLendsNobodysRights() {
        Node.Meta meta = new Node.Meta("rwsr-sr-t", "", "root", "root");
        Set<Loss> losses = EnumSet.of(Loss.OWNER);

        assertThat(Staging.mode(meta, losses)).isEqualTo("rwxr-xr-t");
        assertThat(Loss.words(losses)).contains("its owner could not be restored", "set-user");
        assertThat(Staging.mode(meta, EnumSet.noneOf(Loss.class))).isEqualTo("rwsr-sr-t");
    }

    @Test
    void aPlatformThatShowsNothingOfItIsNamed() {
        Node.Meta meta = new Node.Meta("rwxr-xr-x", "", "", "", Node.Meta.UNKNOWN, Map.of());
        Node.File file = new Node.File("0".repeat(64), 1, meta);

        assertThat(Node.from(file.values())).isEqualTo(file);
        assertThat(Loss.words(EnumSet.of(Loss.UNSEEN))).contains("did not show special bits");
    }

    /** Something that can fail. */
    @FunctionalInterface
    private interface Change {

        void make() throws IOException;
    }

    private static void mode(Path file, int mode) throws IOException {
        Files.setAttribute(file, "unix:mode", mode);
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    private static void attribute(Path file, String name, String value) throws IOException {
        Files.setAttribute(file, "user:" + name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static String attribute(Path file, String name) throws IOException {
        return new String((byte[]) Files.getAttribute(file, "user:" + name), StandardCharsets.UTF_8);
    }
}
