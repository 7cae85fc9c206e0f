package cloud.enact.analysis.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        PathReading reading = PathReading.of(text, this.home);
        if (reading.problem() != null) {
            return reading.problem();
        }
        Disk disk = new Disk();
        for (String spelling : reading.spellings()) {
            String objection = objectionToSpelling(spelling, disk);
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    private @Nullable String objectionToSpelling(String spelling, Disk disk) {
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
            return path.isAbsolute() ? objectionToAbsolute(path, disk) : objectionToRelative(path, disk);
        } catch (IOException ex) {
            // a dangling link, a loop of links, a directory that can't be read
            return "leads through a link or a directory that can't be followed";
        }
    }

    private @Nullable String objectionToAbsolute(Path path, Disk disk) throws IOException {
        Path plain = path.normalize();
        if (this.roots.stream().noneMatch(plain::startsWith) && !isInsideRealRoot(plain, disk)) {
            return OUTSIDE;
        }
        return isInsideRealRoot(disk.real(path.getRoot(), path), disk) ? null : "leads outside through a link";
    }

    private @Nullable String objectionToRelative(Path path, Disk disk) throws IOException {
        if (this.roots.isEmpty() || path.normalize().startsWith("..")) {
            return OUTSIDE;
        }
        for (Path root : this.roots) {
            if (!isInsideRealRoot(disk.real(disk.real(root), path), disk)) {
                return "leads outside through a link";
            }
        }
        return null;
    }

    private boolean isInsideRealRoot(Path real, Disk disk) throws IOException {
        for (Path root : this.roots) {
            if (real.startsWith(disk.real(root))) {
                return true;
            }
        }
        return false;
    }

    /** Drives and network shares are absolute on one system and look relative on the other. */
    private static boolean isForeignAbsolute(String spelling, Path path) {
        if (path.isAbsolute() && path.getFileSystem().getSeparator().equals("\\")) {
            return false;
        }
        boolean drive = spelling.length() > 1 && spelling.charAt(1) == ':' && Character.isLetter(spelling.charAt(0));
        return drive || spelling.startsWith("\\") || path.getRoot() != null && !path.isAbsolute();
    }

    /** The disk as it is during one question. A system call costs more than all the rest, so each name is asked once. */
    private static final class Disk {

        private final Map<Path, Path> followed = new HashMap<>();

        /** What does not exist: nothing below it does either. */
        private final Set<Path> missing = new HashSet<>();

        private Path real(Path root) throws IOException {
            return real(root.getRoot(), root);
        }

        /**
         * Follows a path name by name, as the operating system does: {@code link/..} is the parent of what the link
         * leads to. What does not exist yet is taken as written.
         */
        private Path real(Path start, Path path) throws IOException {
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
                current = follow(current, current.resolve(name));
            }
            return current;
        }

        private Path follow(Path parent, Path path) throws IOException {
            Path known = this.followed.get(path);
            if (known != null) {
                return known;
            }
            Path real = look(parent, path);
            this.followed.put(path, real);
            return real;
        }

        private Path look(Path parent, Path path) throws IOException {
            if (this.missing.contains(parent)) {
                this.missing.add(path);
                return path;
            }
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException ex) {
                this.missing.add(path);
                return path;
            }
            return attributes.isSymbolicLink() ? path.toRealPath() : path;
        }
    }
}
