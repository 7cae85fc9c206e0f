package cloud.enact.connector.filesystem.git;

import cloud.enact.connector.filesystem.Kept;
import cloud.enact.connector.filesystem.KeptFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** What repositories keep of the files of one call: what is in the commit their work tree stands on. */
final class KeptByGit implements KeptFiles {

    private static final Log logger = LogFactory.getLog(KeptByGit.class);

    /** A larger file can't be read any more once git packs it as a difference, which is put together in memory. */
    static final int LARGEST = 16 * 1024 * 1024;

    private static final int MOST_IN_MEMORY = 8 * 1024 * 1024;

    /** How many names of files are in memory at once, of all repositories. */
    private static final int MOST_NAMES = 300_000;

    private final Path root;

    private final Set<Path> changed;

    private final Budget budget;

    private final Budget names = new Budget(MOST_NAMES);

    /** The only one whose files may be open: there may be many, and each may have many packs. */
    private @Nullable ObjectStore open;

    /** By directory; nothing where nothing is kept. */
    private final Map<Path, Optional<Repository>> around = new HashMap<>();

    /** By where they are, because many directories are in one. */
    private final Map<GitDirectory, Optional<Repository>> repositories = new HashMap<>();

    KeptByGit(Path root, Collection<Path> changed, Budget budget) {
        this.root = root;
        this.changed = new HashSet<>(changed);
        this.budget = budget;
    }

    /**
     * A repository that may keep something.
     *
     * @param directory its name in references
     */
    private record Repository(GitDirectory git, String directory, ObjectStore objects, Commit commit) {}

    /** Something in a repository. */
    private record InRepository(Kept place, GitObject object) implements Found {

        @Override
        public InputStream open() throws IOException {
            return this.object.open();
        }

        @Override
        public void force() throws IOException {
            this.object.force();
        }
    }

    @Override
    public @Nullable Found find(Path file, long size) {
        Path directory = file.getParent();
        if (directory == null || size > LARGEST) {
            return null;
        }
        try {
            Repository repository = around(directory);
            if (repository != null) {
                use(repository.objects());
            }
            return (repository != null) ? find(repository, file, size) : null;
        } catch (IOException | IllegalArgumentException ex) {
            // copying needs nothing of the repository
            logger.debug("What a repository keeps can't be looked up, so it is copied", ex);
            this.around.put(directory, Optional.empty());
            return null;
        }
    }

    private static @Nullable Found find(Repository repository, Path file, long size) throws IOException {
        String name = repository.commit().file(repository.git().workTree().relativize(file));
        if (name == null) {
            return null;
        }
        GitObject object = repository.objects().find(name);
        return (object != null && object.type().equals("blob") && object.size() == size)
                ? new InRepository(new Kept(repository.directory(), name), object)
                : null;
    }

    private void use(ObjectStore objects) throws IOException {
        ObjectStore last = this.open;
        this.open = objects;
        if (last != null && last != objects) {
            last.close();
        }
    }

    private @Nullable Repository around(Path directory) throws IOException {
        Optional<Repository> known = this.around.get(directory);
        if (known == null) {
            GitDirectory git = GitDirectory.around(directory, this.root, this.budget);
            known = (git != null) ? open(git) : Optional.empty();
            this.around.put(directory, known);
        }
        return known.orElse(null);
    }

    private Optional<Repository> open(GitDirectory git) throws IOException {
        Optional<Repository> known = this.repositories.get(git);
        if (known == null) {
            // what fails now will fail again
            this.repositories.put(git, Optional.empty());
            known = Optional.ofNullable(git.isInDanger(this.changed) ? null : read(git));
            this.repositories.put(git, known);
        }
        return known;
    }

    private @Nullable Repository read(GitDirectory git) throws IOException {
        String name = Head.of(git, this.budget);
        if (name == null) {
            return null;
        }
        ObjectStore objects = new ObjectStore(git.objects(), this.budget, MOST_IN_MEMORY);
        use(objects);
        Commit commit = Commit.read(objects, name, this.names);
        String directory = this.root.relativize(git.common()).toString();
        // a name this platform can't encode would lead elsewhere
        return (commit != null && this.root.resolve(directory).equals(git.common()))
                ? new Repository(git, directory, objects, commit)
                : null;
    }

    @Override
    public void release() {
        ObjectStore last = this.open;
        this.open = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException ex) {
            logger.debug("A file of a repository can't be closed", ex);
        }
    }
}
