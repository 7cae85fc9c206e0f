package cloud.enact.sqlite;

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

    private final Failures<?> failures;

    private OpenedFile(Path path, @Nullable Object key, Failures<?> failures) {
        this.path = path;
        this.key = key;
        this.failures = failures;
    }

    /** The file that is there now. */
    static OpenedFile at(Path path, Failures<?> failures) {
        try {
            return new OpenedFile(path, key(path), failures);
        } catch (IOException ex) {
            throw moved(path, failures, ex);
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /**
     * Requires that it is still there.
     *
     * @throws RuntimeException when nothing, or another file, is in its place
     */
    void requireInPlace() {
        if (this.key == null) {
            return;
        }
        try {
            if (!this.key.equals(key(this.path))) {
                throw moved(this.path, this.failures, null);
            }
        } catch (NoSuchFileException ex) {
            throw moved(this.path, this.failures, ex);
        } catch (IOException ex) {
            throw this.failures.because("can't be looked at. Check its folder.", ex);
        }
    }

    private static RuntimeException moved(Path path, Failures<?> failures, @Nullable IOException cause) {
        return failures.because(
                "is not where it was: " + path.getFileName() + " was removed, or another file took its place."
                        + " Bring it back, or restart the application to go on with what is there.",
                cause);
    }
}
