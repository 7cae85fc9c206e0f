package cloud.enact.hook.undo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Follows links as the program would that is about to write; what is looked at later is still confined to its root. */
final class RealPaths {

    /** More than systems take, so that nobody goes up it step by step. */
    private static final int LONGEST = 4096;

    private RealPaths() {}

    /** The file that writing to a path changes, there already or not. */
    static Path of(Path path) throws IOException {
        if (path.toString().length() > LONGEST) {
            throw new IOException("it is longer than " + LONGEST + " characters");
        }
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        if (Files.isSymbolicLink(path)) {
            throw new IOException("there is a link that leads nowhere");
        }
        return beside(path);
    }

    /** The name that deleting or moving a path takes away: a link is itself. */
    static Path ofName(Path path) throws IOException {
        Path name = path.getFileName();
        boolean plain = path.toString().length() <= LONGEST
                && name != null
                && !name.toString().equals("..")
                && !name.toString().equals(".");
        return (plain && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) ? beside(path) : of(path);
    }

    private static Path beside(Path path) throws IOException {
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            return path;
        }
        return of(parent).resolve(name).normalize();
    }
}
