package cloud.enact.sqlite;

import cloud.enact.undo.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/**
 * The file of a store, and how connections to it are opened.
 *
 * @param path where it is, without symbolic links in its folders
 * @param use what it is opened for
 * @param failures what to throw
 */
public record DatabaseFile(Path path, Use use, Failures<?> failures) {

    private static final int BUSY_MILLIS = 10_000;

    /** What a file is opened for. */
    public enum Use {
        /** Reading what is there; nothing is made or changed. */
        READING,
        /** Reading and writing. */
        WRITING,
        /** Reading and writing what may have to be erased: bytes that are deleted are overwritten with zeros. */
        ERASING
    }

    /**
     * Makes the file unless it exists, and the folders above it; takes rights of others away from a file that exists.
     * SQLite gives the files it makes beside it the same rights.
     *
     * @param use writing or erasing
     * @throws RuntimeException when it can't be made, or is a symbolic link or not a plain file
     */
    public static DatabaseFile prepare(Path file, Use use, Failures<?> failures) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || hasSettings(absolute)) {
            throw failures.because("must be a file in a folder, and its path must have no question mark", null);
        }
        try {
            OwnerOnly.createDirectories(folder);
            Path real = folder.toRealPath().resolve(absolute.getFileName());
            OwnerOnly.createFile(real);
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw failures.because("is a symbolic link or not a plain file; name the file itself", null);
            }
            OwnerOnly.restrictFile(real);
            return new DatabaseFile(real, use, failures);
        } catch (IOException ex) {
            throw failures.because(
                    "can't be created or protected; check that its folder exists, is writable and belongs to the user"
                            + " that runs the application",
                    ex);
        }
    }

    /**
     * Finds a file that must exist, for reading; changes nothing.
     *
     * @throws RuntimeException when it is not there, or not a plain file
     */
    public static DatabaseFile existing(Path file, Failures<?> failures) {
        Path absolute = file.toAbsolutePath().normalize();
        if (hasSettings(absolute) || !Files.isRegularFile(absolute)) {
            throw failures.exception()
                    .apply("There is no " + failures.store() + " to read; name the file of one", null);
        }
        try {
            return new DatabaseFile(absolute.toRealPath(), Use.READING, failures);
        } catch (IOException ex) {
            throw failures.because("can't be read; check its rights", ex);
        }
    }

    /** The driver reads what follows a question mark as settings. */
    private static boolean hasSettings(Path path) {
        return path.toString().indexOf('?') >= 0;
    }

    boolean isReadOnly() {
        return this.use == Use.READING;
    }

    /**
     * Opens a connection.
     *
     * @param synchronous {@code FULL}: a commit is on disk when it returns; {@code NORMAL}: with the next such commit
     */
    Connection connect(SQLiteConfig.SynchronousMode synchronous) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        if (isReadOnly()) {
            config.setReadOnly(true);
            return config.createConnection(isFrozen() ? frozenUrl() : "jdbc:sqlite:" + this.path);
        }
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(synchronous);
        config.setGetGeneratedKeys(false);
        if (this.use == Use.ERASING) {
            config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        } else {
            config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(JournalCopier.PAGES_AT_MOST));
        }
        return config.createConnection("jdbc:sqlite:" + this.path);
    }

    /**
     * Whether SQLite must do without the files it shares among processes, because it could not make them. While somebody
     * writes, or after a crash, they are there.
     */
    private boolean isFrozen() {
        return !Files.isWritable(this.path.resolveSibling("."))
                && !Files.exists(beside("-wal"))
                && !Files.exists(beside("-shm"));
    }

    /** One of the files SQLite makes beside it. */
    Path beside(String ending) {
        return this.path.resolveSibling(this.path.getFileName() + ending);
    }

    private String frozenUrl() {
        return "jdbc:sqlite:" + this.path.toUri().toString().replaceFirst("^file:///", "file:/") + "?immutable=1";
    }
}
