package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.undo.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The right to write one log, held by an operating system lock on a file of its own: when the process dies, however it
 * dies, the right is free again at once. Thread-safe.
 */
final class FileLease implements LogLease {

    private final String log;

    private final String key;

    private final FileChannel channel;

    private final Path lockFile;

    /** What tells the locked file from another one of its name; {@code null} where no locked file can be removed. */
    private final @Nullable Object identity;

    private FileLease(String log, String key, FileChannel channel, Path lockFile) throws IOException {
        this.log = log;
        this.key = key;
        this.channel = channel;
        this.lockFile = lockFile;
        this.identity = identity(lockFile);
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /**
     * Takes the lease if nobody has it.
     *
     * @param file the store's file
     * @param log id of the log, a UUID (it becomes part of a file name)
     */
    static Optional<FileLease> tryAcquire(Path file, String log) {
        Path lockFile = lockFile(file, log);
        String key = FileLease.class.getName() + ":" + lockFile;
        // Closing a second channel on a file frees the POSIX lock of the first, so a lease of this JVM must be known
        // before its file is opened. System properties are all that class loaders share, and end with the JVM.
        Properties known = System.getProperties();
        if (known.putIfAbsent(key, "leased") != null) {
            return Optional.empty();
        }
        boolean acquired = false;
        try {
            @Nullable FileChannel channel = lock(lockFile);
            acquired = channel != null;
            return (channel != null) ? Optional.of(new FileLease(log, key, channel, lockFile)) : Optional.empty();
        } catch (IOException ex) {
            throw new ReceiptStoreException(
                    "The lock file " + lockFile + " can't be opened; check the rights of its folder", ex);
        } finally {
            if (!acquired) {
                known.remove(key);
            }
        }
    }

    /** Whether somebody has the lease, in this process or another one; makes no file. */
    static boolean isHeld(Path file, String log) {
        if (!Files.exists(lockFile(file, log), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Optional<FileLease> lease = tryAcquire(file, log);
        lease.ifPresent(FileLease::close);
        return lease.isEmpty();
    }

    private static Path lockFile(Path file, String log) {
        return file.resolveSibling(file.getFileName() + "." + log + ".lock");
    }

    private static @Nullable FileChannel lock(Path lockFile) throws IOException {
        FileChannel channel = OwnerOnly.lockFile(lockFile);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ex) {
            // somebody else in this JVM has it: as good as another process
        } catch (IOException ex) {
            channel.close();
            throw ex;
        }
        channel.close();
        return null;
    }

    /** Id of the log. */
    @Override
    public String log() {
        return this.log;
    }

    /** A lock on a file that was removed keeps nobody away: whoever makes it anew gets one, too. */
    @Override
    public boolean isHeldSince(long nanoTime) {
        try {
            return this.channel.isOpen() && Objects.equals(this.identity, identity(this.lockFile));
        } catch (IOException ex) {
            // it is gone, or nobody can tell
            return false;
        }
    }

    /** Gives the right back. Does nothing the second time. */
    @Override
    public void close() {
        try {
            if (this.channel.isOpen()) {
                this.channel.close();
                System.getProperties().remove(this.key);
            }
        } catch (IOException ex) {
            throw new ReceiptStoreException("The lock of receipt log " + this.log + " could not be given back", ex);
        }
    }
}
