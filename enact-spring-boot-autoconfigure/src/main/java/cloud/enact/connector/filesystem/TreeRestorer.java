package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a directory again from its manifest. Each directory is made flat in the staging directory, filled, given its
 * time, and only then renamed into the one above, because a rename leaves the time alone and filling does not.
 */
final class TreeRestorer {

    private final Site site;

    private final Manifest.Lines lines;

    private final Set<Loss> losses = EnumSet.noneOf(Loss.class);

    /** Mode of the whole directory, to be set once it is in its place; {@code null} when it has it. */
    private @Nullable String top;

    TreeRestorer(Site site, Manifest.Lines lines) {
        this.site = site;
        this.lines = lines;
    }

    /** What could not be restored. */
    Set<Loss> losses() {
        return this.losses;
    }

    /** Makes the whole directory and returns its name in the staging directory. */
    String build(Manifest manifest) throws IOException {
        Stage stage = this.site.stage();
        Deque<Level> levels = new ArrayDeque<>();
        String last = "";
        try {
            for (Manifest.Entry entry = manifest.next(this.lines); entry != null; entry = manifest.next(this.lines)) {
                while (levels.size() > Math.max(entry.depth(), 1)) {
                    fold(stage, levels);
                }
                if (entry.depth() != levels.size()
                        || (entry.depth() == 0) != entry.name().isEmpty()) {
                    throw new IOException("A captured directory can't be read: its manifest is not one");
                }
                if (entry.node() instanceof Node.Directory directory) {
                    levels.push(Level.begin(stage, entry.name(), directory.meta()));
                } else {
                    stage.dir().move(staged(entry.node()), inner(levels).dir, entry.name());
                }
            }
            while (levels.size() > 1) {
                fold(stage, levels);
            }
            last = inner(levels).staged;
            this.top = complete(stage, levels.pop());
            return last;
        } catch (IOException | RuntimeException ex) {
            for (Level level : levels) {
                level.dir.close();
                stage.discard(level.staged, ex);
            }
            if (!last.isEmpty()) {
                stage.discard(last, ex);
            }
            throw ex;
        }
    }

    /** Does what could not be done before the directory was in its place. */
    void finish(Dir parent, String name) throws IOException {
        if (this.top != null) {
            parent.setMode(name, this.top);
        }
    }

    /**
     * Puts back what is missing of a directory, each thing at once.
     *
     * @param force whether to replace what differs too
     */
    void complete(Dir parent, String name, Manifest manifest, boolean force) throws IOException {
        Deque<Level> levels = new ArrayDeque<>();
        try {
            for (Manifest.Entry entry = manifest.next(this.lines); entry != null; entry = manifest.next(this.lines)) {
                while (levels.size() > entry.depth()) {
                    settle(levels, parent, name);
                }
                Dir dir = levels.isEmpty() ? parent : levels.element().dir;
                String shown = levels.isEmpty() ? name : entry.name();
                if (entry.depth() != levels.size()) {
                    throw new IOException("A captured directory can't be read: its manifest is not one");
                }
                Stat stat = dir.look(shown);
                if (entry.node() instanceof Node.Directory directory) {
                    enter(dir, shown, stat, directory, levels);
                } else if (stat == null || (force && !TreeComparison.CONTENT.holds(entry, dir, shown, stat))) {
                    replace(dir, shown, stat, entry.node());
                }
            }
            while (!levels.isEmpty()) {
                settle(levels, parent, name);
            }
        } finally {
            for (Level level : levels) {
                level.dir.close();
            }
        }
    }

    private void enter(Dir dir, String name, @Nullable Stat stat, Node.Directory directory, Deque<Level> levels)
            throws IOException {
        if (stat == null) {
            Stage stage = this.site.stage();
            String staged = stage.makeDirectory();
            String mode = dress(stage, staged, directory.meta());
            place(stage, staged, dir, name, null);
            levels.push(new Level(name, dir.sub(name), directory.meta(), mode));
            return;
        }
        if (!stat.is(Stat.Kind.DIRECTORY)) {
            throw new IOException("there is " + stat.kind().words() + " where a directory was; move it away");
        }
        levels.push(new Level(name, dir.sub(name), directory.meta(), missing(dir, name, stat, directory.meta())));
    }

    /** The mode a directory that is there needs; {@code null} when it has it. */
    private @Nullable String missing(Dir dir, String name, Stat stat, Node.Meta wanted) throws IOException {
        Node.Meta there = Extras.of(dir, name, stat);
        if (!there.attributes().entrySet().containsAll(wanted.attributes().entrySet())) {
            this.losses.add(Loss.ATTRIBUTES);
        }
        if (there.fits(wanted)) {
            return null;
        }
        if (Modes.isSpecial(wanted.mode())) {
            this.losses.add(Loss.SPECIAL_BITS);
        }
        return Modes.plain(wanted.mode());
    }

    /**
     * Gives a directory here what only a path can give it.
     *
     * @return the mode to set once it is in its place, because only root may move a directory that lacks its write
     *     bit; {@code null} when it has its mode
     */
    private @Nullable String dress(Stage stage, String staged, Node.Meta meta) throws IOException {
        Set<Loss> lost = Staging.dress(stage, staged, meta);
        String mode = Staging.mode(meta, lost);
        this.losses.addAll(lost);
        if (!Modes.isSpecial(mode)) {
            return mode;
        }
        Extras.setMode(stage.path(staged), mode);
        return null;
    }

    private void settle(Deque<Level> levels, Dir parent, String name) throws IOException {
        Level done = levels.pop();
        try (Dir dir = done.dir) {
            dir.setModified(done.meta.time());
            dir.force();
        }
        if (done.mode != null) {
            Dir above = levels.isEmpty() ? parent : levels.element().dir;
            above.setMode(levels.isEmpty() ? name : done.staged, done.mode);
        }
    }

    private void replace(Dir dir, String name, @Nullable Stat stat, Node node) throws IOException {
        if (stat != null && stat.is(Stat.Kind.DIRECTORY)) {
            throw new IOException("there is a directory where there was none; move it away");
        }
        Stage stage = this.site.stage();
        place(stage, staged(node), dir, name, stat);
    }

    private static void place(Stage stage, String staged, Dir dir, String name, @Nullable Stat expected)
            throws IOException {
        try {
            stage.place(staged, dir, name, expected);
        } catch (IOException | RuntimeException ex) {
            stage.discard(staged, ex);
            throw ex;
        }
    }

    private String staged(Node node) throws IOException {
        Staging.Staged staged = Staging.captured(this.site, node);
        this.losses.addAll(staged.losses());
        return staged.name();
    }

    /** Renames a filled directory into the one above it. */
    private void fold(Stage stage, Deque<Level> levels) throws IOException {
        Level done = levels.element();
        String mode = complete(stage, done);
        levels.pop();
        Level above = inner(levels);
        stage.dir().move(done.staged, above.dir, done.name);
        if (mode != null) {
            above.dir.setMode(done.name, mode);
        }
    }

    private @Nullable String complete(Stage stage, Level done) throws IOException {
        String mode = dress(stage, done.staged, done.meta);
        stage.setModified(done.staged, done.meta.time());
        done.dir.force();
        done.dir.close();
        return mode;
    }

    private static Level inner(Deque<Level> levels) throws IOException {
        Level level = levels.peek();
        if (level == null) {
            throw new IOException("A captured directory can't be read: its manifest is empty");
        }
        return level;
    }

    /** A directory that is being filled. */
    private static final class Level {

        private final String name;

        private final String staged;

        private final Dir dir;

        private final Node.Meta meta;

        /** What is set at the end; {@code null} for nothing. */
        private final @Nullable String mode;

        private Level(String name, String staged, Dir dir, Node.Meta meta, @Nullable String mode) {
            this.name = name;
            this.staged = staged;
            this.dir = dir;
            this.meta = meta;
            this.mode = mode;
        }

        private Level(String name, Dir dir, Node.Meta meta, @Nullable String mode) {
            this(name, name, dir, meta, mode);
        }

        static Level begin(Stage stage, String name, Node.Meta meta) throws IOException {
            String staged = stage.makeDirectory();
            return new Level(name, staged, stage.dir().sub(staged), meta, null);
        }
    }
}
