package cloud.enact.connector.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The directory one instance has for staging, locked for as long as it lives. Directories are named after their
 * process, and only those of other processes are looked into: closing any descriptor of a lock file frees the lock that
 * its whole process holds on it.
 */
final class StageHome implements Closeable {

    private static final Log logger = LogFactory.getLog(StageHome.class);

    private static final String LOCK = "lock";

    private static final int ATTEMPTS = 10;

    private final Dir shared;

    private final Dir dir;

    private final String name;

    /** Leads to {@link #dir} whatever is renamed; for what Java can do by path only. */
    private final Path handle;

    private final FileChannel lockFile;

    private final FileLock lock;

    private final String fileMode;

    private StageHome(
            Dir shared, Dir dir, String name, Path handle, FileChannel lockFile, FileLock lock, String fileMode) {
        this.shared = shared;
        this.dir = dir;
        this.name = name;
        this.handle = handle;
        this.lockFile = lockFile;
        this.lock = lock;
        this.fileMode = fileMode;
    }

    static StageHome open(Jail jail) throws IOException {
        Dir shared = sharedDirectory(jail);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                StageHome home = tryOpen(jail, shared, process() + UUID.randomUUID());
                if (home != null) {
                    return home;
                }
            }
            throw new RootMovedException();
        } catch (IOException | RuntimeException ex) {
            shared.close();
            throw ex;
        }
    }

    /** Returns {@code null} when another instance took the new directory for one of the dead and removed it. */
    private static @Nullable StageHome tryOpen(Jail jail, Dir shared, String name) throws IOException {
        makeDirectory(shared, path(shared, jail.root().resolve(Stage.DIRECTORY)), name);
        shared.setMode(name, "rwx------");
        Dir dir = shared.sub(name);
        FileChannel lockFile = null;
        try {
            lockFile = dir.create(LOCK);
            FileLock lock = lockFile.lock();
            Stat mine = dir.peek(LOCK);
            if (mine != null && shared.peek(name) != null) {
                Path handle = path(dir, jail.root().resolve(Stage.DIRECTORY).resolve(name));
                StageHome home = new StageHome(shared, dir, name, handle, lockFile, lock, mine.mode());
                home.tidyAfterTheDead();
                return home;
            }
        } catch (NoSuchFileException ex) {
            logger.debug("A new staging directory was tidied away; another one is made");
        } catch (IOException | RuntimeException ex) {
            close(dir, lockFile);
            throw ex;
        }
        close(dir, lockFile);
        return null;
    }

    private static void close(Dir dir, @Nullable FileChannel lockFile) throws IOException {
        try (dir) {
            if (lockFile != null) {
                lockFile.close();
            }
        }
    }

    /** The directory itself; never close it. */
    Dir dir() {
        return this.dir;
    }

    /** Leads to the directory, for what Java can do by path only. */
    Path path() {
        return this.handle;
    }

    /** The mode a new file gets from the process. */
    String fileMode() {
        return this.fileMode;
    }

    @Override
    public void close() throws IOException {
        // closed last, because the descriptor of the directory is part of a path
        try (this.shared;
                this.dir;
                this.lockFile) {
            remove(this.dir, this.name);
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
        try (Dir left = this.shared.sub(instance)) {
            Stat lock = left.peek(LOCK);
            // opening a pipe would wait for its reader
            if (lock == null || !lock.is(Stat.Kind.FILE)) {
                return;
            }
            try (FileChannel file = left.write(LOCK);
                    FileLock free = file.tryLock()) {
                if (free != null) {
                    remove(left, instance);
                }
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
        Stat stat = jail.top().peek(Stage.DIRECTORY);
        if (stat == null) {
            makeDirectory(jail.top(), path(jail.top(), jail.root()), Stage.DIRECTORY);
            jail.top().setMode(Stage.DIRECTORY, "rwx------");
        } else if (!stat.is(Stat.Kind.DIRECTORY)) {
            throw new IOException("Where the connector keeps its staging directory, " + Stage.DIRECTORY
                    + " in its root, there is " + stat.kind().words() + ": remove it");
        } else {
            // whoever made it may have let everybody in
            jail.top().setMode(Stage.DIRECTORY, "rwx------");
        }
        Dir shared = jail.top().sub(Stage.DIRECTORY);
        jail.keepOutOf(shared.self().key());
        return shared;
    }

    static void makeDirectory(Dir in, Path path, String name) throws IOException {
        try {
            Files.createDirectory(
                    path.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
        } catch (FileAlreadyExistsException ex) {
            if (!name.equals(Stage.DIRECTORY)) {
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
