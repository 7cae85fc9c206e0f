package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.RecordingSteps;
import cloud.enact.connector.RedoableUndo;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/**
 * Random runs on random trees: what was there before is there again, or somebody is told why not. How many are tried is
 * in {@code jqwik.tries.default}: 50 each, and 200 with {@code -Pfaults}.
 */
class FilesystemPropertyTests {

    private static final List<String> NAMES = List.of("a", "b", "\u00fc x");

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void undoingARunBringsTheTreeBack(@ForAll("trees") List<Action> tree, @ForAll("runs") List<Action> run)
            throws IOException {
        try (World world = new World()) {
            tree.forEach(world::plant);
            TreeSnapshot before = world.snapshot();
            run.forEach(world::act);

            Statistics.label("steps that changed something")
                    .collect(Math.min(world.steps.records().size(), 5));
            List<Restoration> foreseen = world.steps.precheck(world.connector.undo());
            List<StepRestoration> answers = world.steps.undoAll(world.connector.undo());

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.restoration())
                            .as(answer.detail())
                            .isIn(Restoration.RESTORED, Restoration.ALREADY_RESTORED));
            assertThat(foreseen)
                    .isEqualTo(
                            answers.stream().map(StepRestoration::restoration).toList());
            assertThat(world.snapshot()).isEqualTo(before);
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void whatSomebodyElseDidIsNeverOverwritten(
            @ForAll("trees") List<Action> tree,
            @ForAll("runs") List<Action> run,
            @ForAll @IntRange(max = 1000) int pick)
            throws IOException {
        try (World world = new World()) {
            tree.forEach(world::plant);
            run.forEach(world::act);
            List<Path> files = world.files();
            Statistics.label("somebody has a file to edit").collect(!files.isEmpty());
            if (files.isEmpty()) {
                return;
            }
            Path file = files.get(pick % files.size());
            String edited = world.root.relativize(file).toString();
            String foreign = "written by somebody else, and longer than anything here";
            Files.writeString(file, foreign);

            List<Restoration> foreseen = world.steps.precheck(world.connector.undo());
            world.steps.undoAll(world.connector.undo());

            assertThat(file).hasContent(foreign);
            boolean concerned = world.steps.records().stream().anyMatch(record -> concerns(record, edited, world.root));
            Statistics.label("the run was at that path").collect(concerned);
            if (!concerned) {
                assertThat(foreseen).doesNotContain(Restoration.CONFLICT);
            }
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void whatWasUndoneCanBeDoneAgainAndUndoneAgain(@ForAll("trees") List<Action> tree, @ForAll("runs") List<Action> run)
            throws Exception {
        try (World world = new World()) {
            tree.forEach(world::plant);
            TreeSnapshot before = world.snapshot();
            run.forEach(world::act);
            TreeSnapshot after = world.snapshot();
            RedoableUndo rollback = new RedoableUndo(world.connector.undo(), world.blobs);

            List<UndoRecord> records = world.steps.records();
            for (int depth = 1; depth <= 4; depth++) {
                List<Restoration> foreseen = world.connector.undo().precheck(records).stream()
                        .map(StepRestoration::restoration)
                        .toList();
                records = rollback.undo(records);

                assertThat(rollback.answers())
                        .allSatisfy(answer -> assertThat(answer.restoration())
                                .as(answer.detail())
                                .isIn(Restoration.RESTORED, Restoration.ALREADY_RESTORED));
                // whether something is there already may depend on what newer steps leave in a directory
                assertThat(foreseen).isSubsetOf(Restoration.RESTORED, Restoration.ALREADY_RESTORED);
                assertThat(world.snapshot().withoutTimesOfDirectories())
                        .as("depth %d", depth)
                        .isEqualTo(((depth % 2 == 1) ? before : after).withoutTimesOfDirectories());
            }
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void undoingTwiceIsAsUndoingOnce(@ForAll("trees") List<Action> tree, @ForAll("runs") List<Action> run)
            throws IOException {
        try (World world = new World()) {
            tree.forEach(world::plant);
            run.forEach(world::act);
            for (UndoRecord record : world.steps.records()) {
                world.connector.undo().undo(record, false);
                TreeSnapshot once = world.snapshot();

                assertThat(world.connector.undo().undo(record, false).restoration())
                        .isEqualTo(Restoration.ALREADY_RESTORED);
                assertThat(world.snapshot()).isEqualTo(once);
            }
        }
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(NAMES).list().ofMinSize(1).ofMaxSize(3).map(names -> String.join("/", names));
    }

    @Provide
    Arbitrary<List<Action>> trees() {
        return actions("file", "file", "dir", "link").list().ofMinSize(3).ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Action>> runs() {
        return actions("write", "write", "append", "move", "move", "delete", "delete", "deleteDir", "deleteDir")
                .list()
                .ofMinSize(4)
                .ofMaxSize(16);
    }

    private Arbitrary<Action> actions(String... kinds) {
        return Combinators.combine(
                        Arbitraries.of(kinds),
                        paths(),
                        paths(),
                        Arbitraries.strings().alpha().ofMaxLength(6),
                        Arbitraries.of("rw-r--r--", "rwx------", "---------", "r--r--r--"),
                        Arbitraries.longs().between(0, 1_700_000_000_000_000_000L))
                .as(Action::new);
    }

    private static boolean concerns(UndoRecord record, String path, Path root) {
        String absolute = root + "/" + path;
        return record.args().values().stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .anyMatch(other ->
                        absolute.equals(other) || absolute.startsWith(other + "/") || other.startsWith(absolute + "/"));
    }

    /** Something that is done, by somebody or by the agent. */
    record Action(String kind, String path, String other, String content, String mode, long nanos) {}

    /** A root of its own for each try. */
    private static final class World implements AutoCloseable {

        private final Path temp;

        private final Path root;

        private final BlobStore blobs;

        private final RecordingSteps steps;

        private final FilesystemConnector connector;

        private World() throws IOException {
            this.temp = FastDirectory.create();
            this.root = Files.createDirectory(this.temp.resolve("root"));
            this.blobs = BlobStore.inDirectory(this.temp.resolve("data"));
            this.steps = new RecordingSteps(this.blobs);
            this.connector = FilesystemConnector.root(this.root)
                    .operations(FilesystemFixture.ALL)
                    .build(this.steps, this.blobs);
        }

        private TreeSnapshot snapshot() {
            return TreeSnapshot.of(this.root);
        }

        private List<Path> files() throws IOException {
            try (var all = Files.walk(this.root)) {
                return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                        .filter(path -> !path.toString().contains(Stage.DIRECTORY))
                        .sorted()
                        .toList();
            }
        }

        private void plant(Action action) {
            Path path = this.root.resolve(action.path());
            try {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) || !directories(path.getParent())) {
                    return;
                }
                switch (action.kind()) {
                    case "file" -> {
                        Files.writeString(path, action.content());
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(action.mode()));
                        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(0, action.nanos())));
                    }
                    case "dir" -> {
                        Files.createDirectory(path);
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(action.mode()));
                    }
                    default -> Files.createSymbolicLink(path, Path.of(action.other()));
                }
            } catch (IOException ex) {
                throw new java.io.UncheckedIOException(ex);
            }
        }

        private boolean directories(Path path) throws IOException {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            }
            return directories(path.getParent()) && Files.isDirectory(Files.createDirectory(path));
        }

        /** Agents try what makes no sense as well. */
        private void act(Action action) {
            try {
                switch (action.kind()) {
                    case "write" -> this.connector.writeFile(action.path(), action.content());
                    case "append" -> this.connector.appendFile(action.path(), action.content());
                    case "move" -> this.connector.moveFile(action.path(), action.other());
                    case "delete" -> this.connector.deleteFile(action.path());
                    default -> this.connector.deleteDir(action.path());
                }
            } catch (ConnectorException | IllegalArgumentException ex) {
                assertThat(ex).hasMessageNotContaining("unexpectedly");
            }
        }

        @Override
        public void close() throws IOException {
            this.connector.close();
            FastDirectory.delete(this.temp);
        }
    }
}
