package cloud.enact.connector.filesystem.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository keeps what it has.
 *
 * @param workTree the directory its files are in
 * @param own what belongs to this work tree: {@code .git}, unless there are several
 * @param common what all its work trees share: objects, branches
 */
record GitDirectory(Path workTree, Path own, Path common) {

    /** A path takes no more. */
    private static final int MOST = 4200;

    /**
     * Finds the repository a directory is in.
     *
     * @param directory absolute, with links resolved
     * @param root nothing above or outside of it is looked at
     * @return {@code null} when there is none, or one that is not wholly below the root
     */
    static @Nullable GitDirectory around(Path directory, Path root, Budget budget) throws IOException {
        for (Path at = directory; at != null && at.startsWith(root); at = at.getParent()) {
            Path git = at.resolve(".git");
            if (PlainFile.isDirectory(git)) {
                return new GitDirectory(at, git, git);
            }
            if (Files.exists(git, LinkOption.NOFOLLOW_LINKS)) {
                return elsewhere(at, git, root, budget);
            }
        }
        return null;
    }

    /** A further work tree, or a submodule: a file says where the repository is. */
    private static @Nullable GitDirectory elsewhere(Path workTree, Path file, Path root, Budget budget)
            throws IOException {
        String text = line(file, budget);
        if (text == null || !text.startsWith("gitdir: ")) {
            return null;
        }
        Path own = below(root, workTree, text.substring("gitdir: ".length()));
        if (own == null) {
            return null;
        }
        String shared = line(own.resolve("commondir"), budget);
        Path common = (shared != null) ? below(root, own, shared) : own;
        return (common != null) ? new GitDirectory(workTree, own, common) : null;
    }

    private static @Nullable Path below(Path root, Path from, String text) throws IOException {
        try {
            Path path = from.resolve(text).normalize();
            if (!path.startsWith(root) || !PlainFile.isDirectory(path)) {
                return null;
            }
            Path real = path.toRealPath();
            return real.equals(path) && !real.equals(root) ? real : null;
        } catch (InvalidPathException ex) {
            // names nothing
            return null;
        }
    }

    private static @Nullable String line(Path file, Budget budget) throws IOException {
        byte[] bytes = PlainFile.read(file, MOST, budget);
        return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8).strip() : null;
    }

    Path objects() {
        return this.common.resolve("objects");
    }

    /** Whether a call that changes some paths takes away objects, or where they are. */
    boolean isInDanger(Set<Path> changed) {
        Path objects = objects();
        for (Path at = objects; at != null; at = at.getParent()) {
            if (changed.contains(at)) {
                return true;
            }
        }
        return changed.stream().anyMatch(path -> path.startsWith(objects));
    }
}
