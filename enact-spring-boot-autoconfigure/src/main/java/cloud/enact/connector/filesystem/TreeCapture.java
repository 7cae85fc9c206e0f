package cloud.enact.connector.filesystem;

import cloud.enact.undo.BeyondLimitsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a directory, made while it is read: whoever reads this stream makes the content of each file be
 * kept first. Nothing but the current line and the way down is in memory.
 */
final class TreeCapture extends InputStream {

    private final Site site;

    private final Keeping contents;

    private final Manifest.Lines lines;

    private final String device;

    private final Deque<Level> levels = new ArrayDeque<>();

    private final Dir parent;

    private final JailPath top;

    private byte[] line = new byte[0];

    private int at;

    private boolean started;

    private long entries;

    private long shared;

    TreeCapture(Site site, Keeping contents, Manifest.Lines lines, Dir parent, JailPath top, Stat stat) {
        this.site = site;
        this.contents = contents;
        this.lines = lines;
        this.parent = parent;
        this.top = top;
        this.device = stat.device();
    }

    /** How many things were captured so far. */
    long entries() {
        return this.entries;
    }

    /** How many of them are files that have further names. */
    long shared() {
        return this.shared;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (this.at == this.line.length) {
            Manifest.Entry next = advance();
            if (next == null) {
                return -1;
            }
            this.line = this.lines.write(next);
            this.at = 0;
        }
        int n = Math.min(length, this.line.length - this.at);
        System.arraycopy(this.line, this.at, buffer, offset, n);
        this.at += n;
        return n;
    }

    @Override
    public void close() throws IOException {
        for (Level level : this.levels) {
            level.close();
        }
        this.levels.clear();
    }

    private Manifest.@Nullable Entry advance() throws IOException {
        if (!this.started) {
            this.started = true;
            return capture(this.parent, this.top, 0, "");
        }
        while (!this.levels.isEmpty()) {
            Level level = this.levels.element();
            Path next = level.listing().next();
            if (next != null) {
                String name = next.toString();
                if (!next.equals(this.site.root().getFileSystem().getPath(name))) {
                    throw new IOException("something in it has a name this platform can't encode; nothing was deleted."
                            + " Start Java in a UTF-8 locale");
                }
                if (level.path().names().size() >= JailPath.MAX_DEPTH) {
                    throw new BeyondLimitsException("it is deeper than " + JailPath.MAX_DEPTH
                            + " directories, so it can't be captured; nothing was deleted");
                }
                return capture(level.dir(), level.path().child(name), this.levels.size(), name);
            }
            this.levels.pop().close();
        }
        return null;
    }

    private Manifest.Entry capture(Dir dir, JailPath path, int depth, String shown) throws IOException {
        if (JailPath.isReserved(path.name()) || this.site.jail().isForbidden(path)) {
            throw new OutOfReachException();
        }
        if (++this.entries > this.site.limits().maxTreeEntries()) {
            throw new BeyondLimitsException(
                    "it holds more than " + this.site.limits().maxTreeEntries()
                            + " entries, so it is not deleted; delete parts of it, or give the connector a larger limit");
        }
        Stat stat = dir.look(path.name());
        if (stat == null) {
            throw new ChangedMeanwhileException();
        }
        if (!stat.device().equals(this.device)) {
            throw new IOException("another file system is mounted in it; nothing was deleted");
        }
        if (stat.is(Stat.Kind.OTHER)) {
            throw new IOException("it holds " + stat.kind().words()
                    + ", which can't be brought back; nothing was deleted. Remove that by hand first");
        }
        Node node = this.contents.of(dir, path.name(), this.site.root().resolve(path.text()), stat);
        if (stat.is(Stat.Kind.DIRECTORY)) {
            this.levels.push(Level.enter(dir, path));
        }
        if (node instanceof Node.File file && file.meta().links() > 1) {
            this.shared++;
        }
        return new Manifest.Entry(depth, shown, node, stat.id());
    }

    /** A directory that is being read. */
    private record Level(JailPath path, Dir dir, Dir.Listing listing) {

        static Level enter(Dir above, JailPath path) throws IOException {
            Dir dir = above.sub(path.name());
            try {
                return new Level(path, dir, dir.list());
            } catch (IOException | RuntimeException ex) {
                dir.close();
                throw ex;
            }
        }

        void close() throws IOException {
            this.listing.close();
            this.dir.close();
        }
    }
}
