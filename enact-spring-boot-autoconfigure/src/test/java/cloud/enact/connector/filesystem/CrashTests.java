package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.Sha256;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F4: at any point a crash leaves the old or the new content, and undo brings back the old. */
class CrashTests extends FilesystemFixture {

    private final Set<String> reached = new HashSet<>();

    private String crashAt = "";

    @BeforeEach
    void breakable() throws IOException {
        this.connector.close();
        this.connector = breakable(this.root);
        file("old.txt", "old");
        file("d/a.txt", "a");
        file("d/sub/b.txt", "b");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("write", "write:staged"),
                Arguments.of("write", "write:parents"),
                Arguments.of("write", "write:moved"),
                Arguments.of("new", "write:staged"),
                Arguments.of("new", "write:parents"),
                Arguments.of("new", "write:moved"),
                Arguments.of("append", "write:staged"),
                Arguments.of("append", "write:moved"),
                Arguments.of("move", "move:parents"),
                Arguments.of("move", "move:moved"),
                Arguments.of("delete", "delete:taken"),
                Arguments.of("delete", "delete:forced"),
                Arguments.of("delete", "delete:deleted"),
                Arguments.of("deleteDir", "delete:taken"),
                Arguments.of("deleteDir", "delete:forced"),
                Arguments.of("deleteDir", "delete:deleted"));
    }

    /** A process of its own takes a second, so each kind of point is tried once. */
    static Stream<Arguments> deaths() {
        return Stream.of(
                Arguments.of("new", "write:parents"),
                Arguments.of("write", "write:moved"),
                Arguments.of("move", "move:moved"),
                Arguments.of("delete", "delete:taken"),
                Arguments.of("deleteDir", "delete:forced"),
                Arguments.of("deleteDir", "delete:deleted"));
    }

    static Stream<Arguments> undos() {
        return Stream.of(
                Arguments.of("write", "undo:staged"),
                Arguments.of("write", "undo:placed"),
                Arguments.of("new", "undo:taken"),
                Arguments.of("new", "undo:placed"),
                Arguments.of("append", "undo:staged"),
                Arguments.of("move", "undo:placed"),
                Arguments.of("delete", "undo:staged"),
                Arguments.of("delete", "undo:placed"),
                Arguments.of("deleteDir", "undo:staged"),
                Arguments.of("deleteDir", "undo:placed"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeThatBreaksOffIsUndone(String change, String point) throws IOException {
        TreeSnapshot before = timeless(snapshot());
        this.crashAt = point;

        assertThatThrownBy(() -> act(change)).isInstanceOf(Crash.class);

        assertThat(this.steps.records()).extracting(UndoRecord::state).containsExactly(UndoRecord.State.INTENT);
        assertWhole();
        try (FilesystemConnector next =
                FilesystemConnector.undoOnly("filesystem", this.root, this.blobs, ContentKeeper.none())) {
            assertThat(this.steps.precheck(next.undo()))
                    .containsAnyOf(Restoration.RESTORED, Restoration.ALREADY_RESTORED);
            for (StepRestoration answer : this.steps.undoAll(next.undo())) {
                assertThat(answer.restoration())
                        .as(answer.detail())
                        .isIn(Restoration.RESTORED, Restoration.ALREADY_RESTORED);
            }
        }
        assertThat(timeless(snapshot())).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("undos")
    void anUndoThatBreaksOffIsFinishedByTheNext(String change, String point) throws IOException {
        TreeSnapshot before = timeless(snapshot());
        act(change);
        this.crashAt = point;

        assertThatThrownBy(this::undoAll).isInstanceOf(Crash.class);

        assertWhole();
        try (FilesystemConnector next =
                FilesystemConnector.undoOnly("filesystem", this.root, this.blobs, ContentKeeper.none())) {
            for (StepRestoration answer : this.steps.undoAll(next.undo())) {
                assertThat(answer.restoration())
                        .as(answer.detail())
                        .isIn(Restoration.RESTORED, Restoration.ALREADY_RESTORED);
            }
        }
        assertThat(timeless(snapshot())).isEqualTo(before);
    }

    @Test
    void everyPointIsReachedByAChangeOrItsUndo() {
        for (String change : Set.of("write", "new", "append", "move", "delete", "deleteDir")) {
            act(change);
            undoAll();
        }

        assertThat(this.reached)
                .containsAll(changes().map(each -> (String) each.get()[1]).toList())
                .containsAll(undos().map(each -> (String) each.get()[1]).toList());
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aProcessThatDiesLeavesWhatUndoNeeds(String change, String point) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dying.class.getName(),
                        this.root.toString(),
                        this.temp.resolve("data").toString(),
                        change,
                        point)
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(output).isEqualTo(42);
        assertWhole();

        assertWhatIsGoneIsInTheBlobStore();
        try (FilesystemConnector next =
                FilesystemConnector.root(this.root).operations(ALL).build(this.steps, this.blobs)) {
            assertThat(next.operations()).hasSize(7);
            // what was being made is removed; what was taken out and not yet looked at or recorded is kept
            assertThat(staged("new-")).isFalse();
            assertThat(staged("done-")).isFalse();
            assertThat(staged("gone-")).isEqualTo(point.equals("delete:taken") || point.equals("delete:forced"));
        }
    }

    private boolean staged(String prefix) throws IOException {
        try (var all = Files.walk(this.root.resolve(Stage.DIRECTORY))) {
            return all.anyMatch(path -> path.getFileName().toString().startsWith(prefix));
        }
    }

    private void assertWhatIsGoneIsInTheBlobStore() throws IOException {
        for (Map.Entry<String, String> old :
                Map.of("old.txt", "old", "d/a.txt", "a", "d/sub/b.txt", "b").entrySet()) {
            Path file = this.root.resolve(old.getKey());
            if (Files.exists(file) && Files.readString(file).equals(old.getValue())) {
                continue;
            }
            byte[] content = old.getValue().getBytes();
            String sha256 = Sha256.hex(new ByteArrayInputStream(content));
            try (var in = this.blobs.open(sha256)) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
        }
    }

    private void act(String change) {
        act(this.connector, change);
    }

    private static void act(FilesystemConnector connector, String change) {
        switch (change) {
            case "write" -> connector.writeFile("old.txt", "new content");
            case "new" -> connector.writeFile("x/y/new.txt", "new content");
            case "append" -> connector.appendFile("old.txt", " and more");
            case "move" -> connector.moveFile("old.txt", "x/moved.txt");
            case "delete" -> connector.deleteFile("old.txt");
            case "deleteDir" -> connector.deleteDir("d");
            default -> throw new IllegalArgumentException(change);
        }
    }

    /** Every path is old or new, and whole. */
    private void assertWhole() throws IOException {
        assertContent("old.txt", Set.of("old", "new content", "old and more"));
        assertContent("x/y/new.txt", Set.of("new content"));
        assertContent("x/moved.txt", Set.of("old"));
        boolean directory = Files.exists(this.root.resolve("d"));
        assertThat(Files.exists(this.root.resolve("d/a.txt"))).isEqualTo(directory);
        assertThat(Files.exists(this.root.resolve("d/sub/b.txt"))).isEqualTo(directory);
    }

    private void assertContent(String path, Set<String> allowed) throws IOException {
        Path file = this.root.resolve(path);
        if (Files.exists(file)) {
            assertThat(Files.readString(file)).isIn(allowed);
        }
    }

    /** Times of directories are put back only when it is known what the step had made of them. */
    private static TreeSnapshot timeless(TreeSnapshot snapshot) {
        Map<String, String> entries = new TreeMap<>(snapshot.entries());
        entries.replaceAll((path, text) -> text.startsWith("dir ") ? text.substring(0, text.lastIndexOf(' ')) : text);
        return new TreeSnapshot(entries);
    }

    private FilesystemConnector breakable(Path root) throws IOException {
        return FilesystemConnector.root(root)
                .operations(ALL)
                .failpoints(point -> {
                    this.reached.add(point);
                    if (point.equals(this.crashAt)) {
                        throw new Crash();
                    }
                })
                .build(this.steps, this.blobs);
    }

    /** Not an exception, so that nothing tidies up after it. */
    private static final class Crash extends Error {}

    /** Does one change and dies at a point of it. */
    static final class Dying {

        private Dying() {}

        public static void main(String[] args) throws IOException {
            var blobs = cloud.enact.undo.BlobStore.inDirectory(Path.of(args[1]));
            FilesystemConnector connector = FilesystemConnector.root(Path.of(args[0]))
                    .operations(ALL)
                    .failpoints(point -> {
                        if (point.equals(args[3])) {
                            Runtime.getRuntime().halt(42);
                        }
                    })
                    .build(new cloud.enact.connector.RecordingSteps(blobs), blobs);
            act(connector, args[2]);
        }
    }
}
