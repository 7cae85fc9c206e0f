package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Removes whole trees from a staging directory, where nobody else can be in the way. */
final class Trees {

    private Trees() {}

    /** Deletes whatever has a name in a directory, and all below it. */
    static void delete(Dir in, String name) throws IOException {
        Stat stat = in.peek(name);
        if (stat == null) {
            return;
        }
        if (!stat.is(Stat.Kind.DIRECTORY)) {
            in.deleteFile(name);
            return;
        }
        Deque<Level> levels = new ArrayDeque<>();
        try {
            levels.push(Level.enter(in, name));
            while (!levels.isEmpty()) {
                Level level = levels.element();
                Path next = level.listing().next();
                if (next == null) {
                    levels.pop().close();
                    level.above().deleteDirectory(level.name());
                    continue;
                }
                Stat child = level.dir().peek(next.toString());
                if (child != null && child.is(Stat.Kind.DIRECTORY)) {
                    levels.push(Level.enter(level.dir(), next.toString()));
                } else {
                    level.dir().deleteFile(next.toString());
                }
            }
        } finally {
            for (Level level : levels) {
                level.close();
            }
        }
    }

    /**
     * Removes what a dead instance was making or had finished with.
     *
     * @return whether nothing else is left
     */
    static boolean tidy(Dir left) throws IOException {
        boolean empty = true;
        try (Dir.Listing names = left.list()) {
            for (Path name = names.next(); name != null; name = names.next()) {
                String text = name.toString();
                if (text.startsWith("new-") || text.startsWith("done-")) {
                    delete(left, text);
                } else if (text.startsWith("gone-")) {
                    empty = false;
                }
            }
        }
        return empty;
    }

    /** A directory that is being emptied. */
    private record Level(Dir above, String name, Dir dir, Dir.Listing listing) {

        static Level enter(Dir above, String name) throws IOException {
            Dir dir;
            try {
                // a directory without its write bit can't be emptied by anybody but root
                above.setMode(name, "rwx------");
            } catch (AccessDeniedException ex) {
                // nor can one without its read bit be opened to change that; the failure below says so
            }
            dir = above.sub(name);
            try {
                return new Level(above, name, dir, dir.list());
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
