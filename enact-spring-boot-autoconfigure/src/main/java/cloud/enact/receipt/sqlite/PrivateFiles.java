package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.ReceiptStoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files that nobody but the owner of the process can read, where the file system knows owners. */
final class PrivateFiles {

    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /**
     * Makes the file unless it exists, and the folders above it; takes rights of others away from a file that exists.
     * SQLite gives the files it makes beside it the same rights.
     *
     * @return the file without symbolic links in its folders
     * @throws ReceiptStoreException when it can't be made, or is a symbolic link or not a plain file
     */
    static Path prepare(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || absolute.toString().indexOf('?') >= 0) {
            throw new ReceiptStoreException(
                    "The path of the receipt store must name a file in a folder, without a question mark", null);
        }
        try {
            boolean posix = createFolder(folder);
            Path real = folder.toRealPath().resolve(absolute.getFileName());
            create(real, posix);
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw new ReceiptStoreException(
                        "The receipt store " + real + " is a symbolic link or not a plain file; name the file itself",
                        null);
            }
            if (posix && !Files.getPosixFilePermissions(real).equals(FILE)) {
                Files.setPosixFilePermissions(real, FILE);
            }
            return real;
        } catch (IOException ex) {
            throw new ReceiptStoreException(
                    "The receipt store " + absolute + " can't be created or read; check that the folder exists, is"
                            + " writable and belongs to the user that runs the application",
                    ex);
        }
    }

    /**
     * Finds a file that must exist; changes nothing.
     *
     * @throws ReceiptStoreException when it is not there, or not a plain file
     */
    static Path existing(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.toString().indexOf('?') >= 0 || !Files.isRegularFile(absolute)) {
            throw new ReceiptStoreException("There is no receipt store " + absolute + "; name the file of one", null);
        }
        try {
            return absolute.toRealPath();
        } catch (IOException ex) {
            throw new ReceiptStoreException("The receipt store " + absolute + " can't be read; check its rights", ex);
        }
    }

    /** Makes a missing folder for the owner alone. Returns whether the file system knows owners. */
    private static boolean createFolder(Path folder) throws IOException {
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        boolean posix = Files.getFileStore(existing).supportsFileAttributeView("posix");
        Files.createDirectories(folder, attributes(posix, DIRECTORY));
        return posix;
    }

    static void create(Path file, boolean posix) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createFile(file, attributes(posix, FILE));
        } catch (FileAlreadyExistsException ex) {
            // another process made it meanwhile
        }
    }

    private static FileAttribute<?>[] attributes(boolean posix, Set<PosixFilePermission> rights) {
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)} : new FileAttribute<?>[0];
    }
}
