package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.undo.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The file of the store, for nobody but the owner of the process. */
final class PrivateFiles {

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
            OwnerOnly.createDirectories(folder);
            Path real = folder.toRealPath().resolve(absolute.getFileName());
            OwnerOnly.createFile(real);
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw new ReceiptStoreException(
                        "The receipt store " + real + " is a symbolic link or not a plain file; name the file itself",
                        null);
            }
            OwnerOnly.restrictFile(real);
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
}
