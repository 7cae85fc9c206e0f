package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Walks a directory along its manifest. Constant memory: what is there but not in the manifest is found by counting.
 */
final class TreeComparison implements Closeable {

    private final Manifest.Lines lines;

    private final Check check;

    private final Deque<Level> levels = new ArrayDeque<>();

    private TreeComparison(Manifest.Lines lines, Check check) {
        this.lines = lines;
        this.check = check;
    }

    /** Whether a thing is still what its entry says. */
    @FunctionalInterface
    interface Check {

        boolean holds(Manifest.Entry entry, Dir dir, String name, Stat stat) throws IOException;
    }

    /** What a comparison found. */
    enum Answer {
        /** All is there and nothing else. */
        SAME,
        /** Nothing changed, but something is missing. */
        PARTLY,
        /** Something changed or was added. */
        DIFFERENT
    }

    /**
     * The answer, and for {@code DIFFERENT} where.
     *
     * @param where path in the tree, empty for the tree itself
     */
    record Result(Answer answer, String where) {}

    /** Content and mode are the same; times and identities don't matter. */
    static final Check CONTENT = (entry, dir, name, stat) ->
            mayBe(entry.node(), stat) && entry.node().matches(Snapshots.of(dir, name, stat, Sha256::hex));

    /** The very same thing with the very same content: no time or length proves that nobody wrote to it. */
    static final Check IDENTITY = (entry, dir, name, stat) -> mayBe(entry.node(), stat)
            && stat.id().equals(entry.id())
            && entry.node().equals(Snapshots.of(dir, name, stat, Sha256::hex));

    /** Spares reading what has another length anyway. */
    private static boolean mayBe(Node node, Stat stat) {
        return !(node instanceof Node.File file) || (stat.is(Stat.Kind.FILE) && stat.size() == file.size());
    }

    /**
     * Compares.
     *
     * @param parent the directory the tree is in
     * @param name its name there
     * @param manifest what it should be; read to its end or to the first difference
     */
    static Result compare(Dir parent, String name, Manifest manifest, Manifest.Lines lines, Check check)
            throws IOException {
        try (TreeComparison comparison = new TreeComparison(lines, check)) {
            return comparison.run(parent, name, manifest);
        }
    }

    private Result run(Dir parent, String name, Manifest manifest) throws IOException {
        boolean missing = false;
        for (Manifest.Entry entry = manifest.next(this.lines); entry != null; entry = manifest.next(this.lines)) {
            while (this.levels.size() > entry.depth()) {
                Level done = this.levels.pop();
                done.close();
                if (done.present != done.found) {
                    return new Result(Answer.DIFFERENT, where(done.name));
                }
            }
            if (this.levels.size() < entry.depth()) {
                // in a directory that is missing itself
                continue;
            }
            Dir dir = this.levels.isEmpty() ? parent : this.levels.element().dir;
            String shown = this.levels.isEmpty() ? name : entry.name();
            Stat stat = dir.look(shown);
            if (stat == null) {
                missing = true;
                continue;
            }
            if (!this.check.holds(entry, dir, shown, stat)) {
                return new Result(Answer.DIFFERENT, where(entry.name()));
            }
            if (!this.levels.isEmpty()) {
                this.levels.element().found++;
            }
            if (stat.is(Stat.Kind.DIRECTORY)) {
                this.levels.push(Level.enter(dir, shown, entry.name()));
            }
        }
        while (!this.levels.isEmpty()) {
            Level done = this.levels.pop();
            done.close();
            if (done.present != done.found) {
                return new Result(Answer.DIFFERENT, where(done.name));
            }
        }
        return new Result(missing ? Answer.PARTLY : Answer.SAME, "");
    }

    private String where(String last) {
        List<String> names = new ArrayList<>();
        this.levels.descendingIterator().forEachRemaining(level -> names.add(level.name));
        names.add(last);
        names.removeIf(String::isEmpty);
        return String.join("/", names);
    }

    @Override
    public void close() throws IOException {
        for (Level level : this.levels) {
            level.close();
        }
    }

    /** A directory that is being compared. */
    private static final class Level {

        private final String name;

        private final Dir dir;

        private final long present;

        private long found;

        private Level(String name, Dir dir, long present) {
            this.name = name;
            this.dir = dir;
            this.present = present;
        }

        static Level enter(Dir above, String name, String shown) throws IOException {
            Dir dir = above.sub(name);
            long present = 0;
            try (Dir.Listing listing = dir.list()) {
                for (Path next = listing.next(); next != null; next = listing.next()) {
                    present++;
                }
                return new Level(shown, dir, present);
            } catch (IOException | RuntimeException ex) {
                dir.close();
                throw ex;
            }
        }

        void close() throws IOException {
            this.dir.close();
        }
    }
}
