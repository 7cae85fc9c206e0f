package cloud.enact.undo.sqlite;

import cloud.enact.action.RunId;
import cloud.enact.undo.OwnerOnly;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Who undoes which run: one byte of a lock file for each run, locked by the operating system. When a process dies,
 * however it dies, its claims are free again at once. Thread-safe.
 */
final class RunClaims {

    private static final Log logger = LogFactory.getLog(RunClaims.class);

    /** The random bits of the second half of a version 7 UUID. */
    private static final long RANDOM = 0x3FFF_FFFF_FFFF_FFFFL;

    private final Path database;

    private final Set<RunId> mine = new HashSet<>();

    /** Open while there are claims. */
    private @Nullable LockFile file;

    RunClaims(Path database) {
        this.database = database;
    }

    private record LockFile(String key, FileChannel channel) {}

    synchronized Optional<UndoLog.Claim> take(RunId runId) {
        if (this.mine.contains(runId)) {
            return Optional.empty();
        }
        try {
            LockFile file = (this.file != null) ? this.file : open();
            this.file = file;
            // two runs with the same random bits stand in each other's way, which only delays one of them
            FileLock lock = file.channel().tryLock(runId.value().getLeastSignificantBits() & RANDOM, 1, false);
            if (lock == null) {
                return Optional.empty();
            }
            this.mine.add(runId);
            return Optional.of(() -> release(runId, lock));
        } catch (OverlappingFileLockException ex) {
            // this process undoes the other one
            return Optional.empty();
        } catch (IOException ex) {
            throw new UndoLogException(
                    "The lock file of rollbacks beside the undo log can't be used; check the rights of its folder", ex);
        } finally {
            closeWhenUnused();
        }
    }

    private LockFile open() throws IOException {
        Path lockFile =
                this.database.resolveSibling(".").toRealPath().resolve(this.database.getFileName() + ".rollback.lock");
        String key = RunClaims.class.getName() + ":" + lockFile;
        // Closing a second channel on a file frees the POSIX locks of the first, so that there must be one only in a
        // JVM. System properties are all that class loaders share, and end with the JVM.
        if (System.getProperties().putIfAbsent(key, "claimed") != null) {
            throw new UndoLogException(
                    "Another application in this JVM is rolling a run back in the same undo log; wait for that to end",
                    null);
        }
        try {
            return new LockFile(key, OwnerOnly.lockFile(lockFile));
        } catch (IOException | RuntimeException ex) {
            System.getProperties().remove(key);
            throw ex;
        }
    }

    private synchronized void release(RunId runId, FileLock lock) {
        if (!lock.isValid()) {
            return;
        }
        try {
            lock.release();
        } catch (IOException ex) {
            logger.warn("The claim on run " + runId + " could not be given back", ex);
        }
        this.mine.remove(runId);
        closeWhenUnused();
    }

    private void closeWhenUnused() {
        LockFile unused = this.file;
        if (unused == null || !this.mine.isEmpty()) {
            return;
        }
        this.file = null;
        try {
            unused.channel().close();
        } catch (IOException ex) {
            logger.warn("The lock file of rollbacks could not be closed", ex);
        }
        System.getProperties().remove(unused.key());
    }
}
