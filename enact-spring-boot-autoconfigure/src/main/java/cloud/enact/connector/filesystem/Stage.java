package cloud.enact.connector.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A directory on the root's file system that only this instance enters. New things are made ready here and then
 * renamed into place, so that a path holds either its old or its new content; old things are renamed to here, looked
 * at once more where nobody can reach them by name, and only then deleted.
 *
 * <p>What is being made is called {@code new-…}; what was taken out, {@code gone-…} until it was looked at, and
 * {@code done-…} afterwards. An instance that dies leaves its directory; one of the next process removes {@code new-…}
 * and {@code done-…} from it and keeps {@code gone-…}, because that may hold somebody's last change.
 *
 * <p>Directories are named after their process, and only those of other processes are looked into: closing any
 * descriptor of a lock file frees the lock that its whole process holds on it.
 */
final class Stage implements Closeable {

    static final String DIRECTORY = ".enact-stage";

    private static final Log logger = LogFactory.getLog(Stage.class);

    private static final String LOCK = "lock";

    private static final int ATTEMPTS = 10;

    private final Dir shared;

    private final Dir home;

    private final String name;

    /** Leads to {@link #home} whatever is renamed; for what Java can do by path only. */
    private final Path handle;

    private final FileChannel lockFile;

    private final FileLock lock;

    private final String fileMode;

    private Stage(
            Dir shared, Dir home, String name, Path handle, FileChannel lockFile, FileLock lock, String fileMode) {
        this.shared = shared;
        this.home = home;
        this.name = name;
        this.handle = handle;
        this.lockFile = lockFile;
        this.lock = lock;
        this.fileMode = fileMode;
    }

    static Stage open(Jail jail) throws IOException {
        Dir shared = sharedDirectory(jail);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Stage stage = tryOpen(jail, shared, process() + UUID.randomUUID());
                if (stage != null) {
                    return stage;
                }
            }
            throw new RootMovedException();
        } catch (IOException | RuntimeException ex) {
            shared.close();
            throw ex;
        }
    }

    /** Returns {@code null} when another instance took the new directory for one of the dead and removed it. */
    private static @Nullable Stage tryOpen(Jail jail, Dir shared, String name) throws IOException {
        makeDirectory(shared, path(shared, jail.root().resolve(DIRECTORY)), name);
        shared.setMode(name, "rwx------");
        Dir home = shared.sub(name);
        FileChannel lockFile = null;
        try {
            lockFile = home.create(LOCK);
            FileLock lock = lockFile.lock();
            Stat mine = home.peek(LOCK);
            if (mine != null && shared.peek(name) != null) {
                Path handle = path(home, jail.root().resolve(DIRECTORY).resolve(name));
                Stage stage = new Stage(shared, home, name, handle, lockFile, lock, mine.mode());
                stage.tidyAfterTheDead();
                return stage;
            }
        } catch (NoSuchFileException ex) {
            logger.debug("A new staging directory was tidied away; another one is made");
        } catch (IOException | RuntimeException ex) {
            close(home, lockFile);
            throw ex;
        }
        close(home, lockFile);
        return null;
    }

    private static void close(Dir home, @Nullable FileChannel lockFile) throws IOException {
        try (home) {
            if (lockFile != null) {
                lockFile.close();
            }
        }
    }

    /** The directory itself; never close it. */
    Dir dir() {
        return this.home;
    }

    /** The mode a new file gets from the process. */
    String fileMode() {
        return this.fileMode;
    }

    /** A name for something new. */
    String fresh() {
        return "new-" + UUID.randomUUID();
    }

    /** Makes an empty directory and returns its name here. */
    String makeDirectory() throws IOException {
        String name = fresh();
        makeDirectory(this.home, this.handle, name);
        return name;
    }

    /** Makes a symbolic link and returns its name here. */
    String makeLink(String target) throws IOException {
        String name = fresh();
        Files.createSymbolicLink(
                this.handle.resolve(name), this.handle.getFileSystem().getPath(target));
        if (this.home.peek(name) == null) {
            throw new RootMovedException();
        }
        return name;
    }

    /** Leads to something here, for what Java can do by path only. */
    Path path(String name) {
        return this.handle.resolve(name);
    }

    /** Sets the time of something here, as exactly as the platform can. */
    void setModified(String name, FileTime time) throws IOException {
        Files.getFileAttributeView(this.handle.resolve(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }

    /** Gives something here to somebody, a link itself too; does nothing when it is theirs. */
    void setOwner(String name, String owner, String group) throws IOException {
        Path path = this.handle.resolve(name);
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        Stat stat = Stat.of(view.readAttributes());
        var principals = path.getFileSystem().getUserPrincipalLookupService();
        if (!stat.owner().equals(owner)) {
            view.setOwner(principals.lookupPrincipalByName(owner));
        }
        if (!stat.group().equals(group)) {
            view.setGroup(principals.lookupPrincipalByGroupName(group));
        }
    }

    /** Takes something out of a directory to here, at once, and returns its name here. */
    String take(Dir from, String name) throws IOException {
        String taken = "gone-" + UUID.randomUUID();
        from.move(name, this.home, taken);
        return taken;
    }

    /**
     * Puts back what was taken, unless its name is in use again.
     *
     * @param why why it is put back
     * @throws IOException that says where it is kept, when it can't be put back
     */
    void putBack(String taken, Dir to, String name, Exception why) throws IOException {
        try {
            if (to.peek(name) == null) {
                this.home.move(taken, to, name);
                return;
            }
        } catch (IOException ex) {
            why.addSuppressed(ex);
        }
        logger.warn("Something that had changed when it was taken away could not be put back: it is kept as " + taken
                + " in " + DIRECTORY + " of the connector's root. Look at it and move it back");
        throw new IOException(
                "it had changed when it was taken away, and could not be put back because its name is in use again or"
                        + " out of reach: it is kept as " + taken + " in " + DIRECTORY
                        + " of the connector's root. Look at it and move it back",
                why);
    }

    /** Deletes what was taken and looked at. It is gone from its place already, so nothing fails when that can't be. */
    void delete(String taken) {
        String done = "done-" + taken.substring(taken.indexOf('-') + 1);
        try {
            this.home.move(taken, this.home, done);
            Trees.delete(this.home, done);
        } catch (IOException ex) {
            logger.warn("Something that was deleted could not be removed from " + DIRECTORY
                    + " of the connector's root: " + Trouble.sentence(ex) + ". Remove " + done + " there by hand");
        }
    }

    /** Deletes something new that is not needed after all; a failure is added to the reason. */
    void discard(@Nullable String name, Throwable why) {
        try {
            if (name != null && this.home.peek(name) != null) {
                Trees.delete(this.home, name);
            }
        } catch (IOException ex) {
            why.addSuppressed(ex);
        }
    }

    @Override
    public void close() throws IOException {
        // closed last, because the descriptor of the home is part of a path
        try (this.shared;
                this.home;
                this.lockFile) {
            remove(this.home, this.name);
            this.lock.release();
        }
    }

    private void tidyAfterTheDead() throws IOException {
        String process = process();
        try (Dir.Listing instances = this.shared.list()) {
            for (Path name = instances.next(); name != null; name = instances.next()) {
                if (!name.toString().startsWith(process)) {
                    tidy(name.toString());
                }
            }
        }
    }

    private void tidy(String instance) {
        try (Dir left = this.shared.sub(instance);
                FileChannel file = left.write(LOCK);
                FileLock free = file.tryLock()) {
            if (free != null) {
                remove(left, instance);
            }
        } catch (IOException | IllegalArgumentException ex) {
            logger.debug("An earlier staging directory can't be looked into", ex);
        }
    }

    /** Removes a staging directory unless it holds what must be kept. */
    private void remove(Dir left, String instance) {
        try {
            if (Trees.tidy(left)) {
                left.deleteFile(LOCK);
                this.shared.deleteDirectory(instance);
            }
        } catch (IOException ex) {
            logger.debug("A staging directory could not be removed", ex);
        }
    }

    /** How the names of this process's staging directories begin; the number alone is used again. */
    private static String process() {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElse(Instant.EPOCH);
        return self.pid() + "-" + start.toEpochMilli() + "-";
    }

    private static Dir sharedDirectory(Jail jail) throws IOException {
        Stat stat = jail.top().peek(DIRECTORY);
        if (stat == null) {
            makeDirectory(jail.top(), path(jail.top(), jail.root()), DIRECTORY);
            jail.top().setMode(DIRECTORY, "rwx------");
        } else if (!stat.is(Stat.Kind.DIRECTORY)) {
            throw new IOException("Where the connector keeps its staging directory, " + DIRECTORY
                    + " in its root, there is " + stat.kind().words() + ": remove it");
        } else {
            // whoever made it may have let everybody in
            jail.top().setMode(DIRECTORY, "rwx------");
        }
        Dir shared = jail.top().sub(DIRECTORY);
        jail.keepOutOf(shared.self().key());
        return shared;
    }

    private static void makeDirectory(Dir in, Path path, String name) throws IOException {
        try {
            Files.createDirectory(
                    path.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
        } catch (FileAlreadyExistsException ex) {
            if (!name.equals(DIRECTORY)) {
                throw ex;
            }
        }
        if (in.peek(name) == null) {
            throw new RootMovedException();
        }
    }

    private static Path path(Dir dir, Path fallback) throws IOException {
        Object key = dir.self().key();
        Path path = DescriptorPath.of(key);
        if (path == null && !DescriptorPath.leadsTo(fallback, key)) {
            throw new RootMovedException();
        }
        return (path != null) ? path : fallback;
    }
}
