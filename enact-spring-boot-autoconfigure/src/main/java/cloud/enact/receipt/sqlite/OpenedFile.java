package cloud.enact.receipt.sqlite;

import cloud.enact.receipt.ReceiptStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when it was opened. An open file that was removed, or had another one put in its place, takes every
 * write, and it is gone with the process that wrote it.
 */
final class OpenedFile {

    private final Path path;

    /** Is {@code null} where files have none: such systems don't let go of a file that is open. */
    private final @Nullable Object key;

    private OpenedFile(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    /** The file that is there now. */
    static OpenedFile at(Path path) {
        try {
            return new OpenedFile(path, key(path));
        } catch (IOException ex) {
            throw moved(path, ex);
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /**
     * Requires that it is still there.
     *
     * @throws ReceiptStoreException when nothing, or another file, is in its place
     */
    void requireInPlace() {
        if (this.key == null) {
            return;
        }
        try {
            if (!this.key.equals(key(this.path))) {
                throw moved(this.path, null);
            }
        } catch (NoSuchFileException ex) {
            throw moved(this.path, ex);
        } catch (IOException ex) {
            throw new ReceiptStoreException(
                    "The receipt store " + this.path + " can't be looked at. Check its folder.", ex);
        }
    }

    private static ReceiptStoreException moved(Path path, @Nullable IOException cause) {
        return new ReceiptStoreException(
                "The receipt store " + path + " is not where it was: it was removed, or another file took its place."
                        + " Bring it back, or restart the application to go on with what is there.",
                cause);
    }
}
