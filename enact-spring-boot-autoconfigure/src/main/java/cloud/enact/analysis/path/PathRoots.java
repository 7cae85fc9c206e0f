package cloud.enact.analysis.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Directories inside which a path must stay, by its spelling and on disk with links followed. Immutable and
 * thread-safe; looks at the disk anew each time.
 */
public final class PathRoots {

    private static final String OUTSIDE = "lies outside every allowed directory";

    private static final int MOST_NAMES = 512;

    private final List<Path> roots;

    private final String home;

    /**
     * Creates the roots.
     *
     * @param roots absolute, normalised directories; none lets nothing pass
     * @param home the user's home directory, absolute
     */
    public PathRoots(List<Path> roots, String home) {
        this.roots = List.copyOf(roots);
        this.home = home;
    }

    /**
     * Returns what speaks against a path, as the end of a sentence that begins with "the path", or {@code null} when
     * it stays inside. A relative path is meant from each root, because nobody here knows where the tool stands.
     *
     * @param text hostile text
     */
    public @Nullable String objectionTo(String text) {
        return objectionToAny(List.of(text));
    }

    /**
     * Returns what speaks against the first of these paths that does not stay inside, or {@code null} when all do. The
     * roots themselves are looked up on disk only once.
     *
     * @param texts hostile texts, as for {@link #objectionTo}
     */
    public @Nullable String objectionToAny(List<String> texts) {
        RealRoots realRoots = new RealRoots(this.roots);
        for (String text : texts) {
            String objection = objectionTo(text, realRoots);
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    private @Nullable String objectionTo(String text, RealRoots realRoots) {
        PathReading reading = PathReading.of(text, this.home);
        if (reading.problem() != null) {
            return reading.problem();
        }
        for (String spelling : reading.spellings()) {
            String objection = objectionToSpelling(spelling, realRoots);
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    private @Nullable String objectionToSpelling(String spelling, RealRoots realRoots) {
        Path path;
        try {
            path = Path.of(spelling);
        } catch (InvalidPathException ex) {
            return "is no valid path";
        }
        if (path.getNameCount() > MOST_NAMES) {
            return "has more than " + MOST_NAMES + " names";
        }
        if (isForeignAbsolute(spelling, path)) {
            return OUTSIDE;
        }
        try {
            return path.isAbsolute() ? objectionToAbsolute(path, realRoots) : objectionToRelative(path, realRoots);
        } catch (IOException ex) {
            // a dangling link, a loop of links, a directory that can't be read
            return "leads through a link or a directory that can't be followed";
        }
    }

    private @Nullable String objectionToAbsolute(Path path, RealRoots realRoots) throws IOException {
        Path plain = path.normalize();
        if (this.roots.stream().noneMatch(plain::startsWith) && !realRoots.hold(plain)) {
            return OUTSIDE;
        }
        return realRoots.hold(real(path.getRoot(), path)) ? null : "leads outside through a link";
    }

    private @Nullable String objectionToRelative(Path path, RealRoots realRoots) throws IOException {
        if (this.roots.isEmpty() || path.normalize().startsWith("..")) {
            return OUTSIDE;
        }
        for (int i = 0; i < this.roots.size(); i++) {
            if (!realRoots.hold(real(realRoots.get(i), path))) {
                return "leads outside through a link";
            }
        }
        return null;
    }

    /**
     * Follows a path name by name, as the operating system does: {@code link/..} is the parent of what the link leads
     * to. What does not exist yet is taken as written.
     */
    private static Path real(Path start, Path path) throws IOException {
        Path current = start;
        for (Path name : path) {
            String text = name.toString();
            if (text.isEmpty() || text.equals(".")) {
                continue;
            }
            if (text.equals("..")) {
                current = (current.getParent() != null) ? current.getParent() : current;
                continue;
            }
            Path next = current.resolve(name);
            current = isLink(next) ? next.toRealPath() : next;
        }
        return current;
    }

    private static boolean isLink(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isSymbolicLink();
        } catch (NoSuchFileException ex) {
            return false;
        }
    }

    /** Drives and network shares are absolute on one system and look relative on the other. */
    private static boolean isForeignAbsolute(String spelling, Path path) {
        if (path.isAbsolute() && path.getFileSystem().getSeparator().equals("\\")) {
            return false;
        }
        boolean drive = spelling.length() > 1 && spelling.charAt(1) == ':' && Character.isLetter(spelling.charAt(0));
        return drive || spelling.startsWith("\\") || path.getRoot() != null && !path.isAbsolute();
    }

    /** The roots as they are on disk at the time of one question, each followed when it is first needed. */
    private static final class RealRoots {

        private final List<Path> roots;

        private final @Nullable Path[] real;

        private RealRoots(List<Path> roots) {
            this.roots = roots;
            this.real = new Path[roots.size()];
        }

        private Path get(int index) throws IOException {
            Path known = this.real[index];
            if (known == null) {
                Path root = this.roots.get(index);
                known = PathRoots.real(root.getRoot(), root);
                this.real[index] = known;
            }
            return known;
        }

        private boolean hold(Path path) throws IOException {
            for (int i = 0; i < this.real.length; i++) {
                if (path.startsWith(get(i))) {
                    return true;
                }
            }
            return false;
        }
    }
}
