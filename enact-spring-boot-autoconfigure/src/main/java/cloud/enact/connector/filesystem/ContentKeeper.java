package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Somebody who has the content of files already, so that it need not be copied. Thread-safe.
 *
 * <p>Nothing it says is believed: content counts as kept when it was read from there and is that of the file, and is
 * read again, and compared with its digest, before it comes back.
 */
public interface ContentKeeper {

    /**
     * Begins to look for what is kept of the files one call changes.
     *
     * @param root the directory references are relative to, with links resolved
     * @param changed everything the call changes, absolute and with links resolved: what is kept in there is in danger
     *     itself, so it does not count
     */
    KeptFiles during(Path root, Collection<Path> changed);

    /**
     * Opens content for bringing it back.
     *
     * @param root the directory the reference is relative to
     * @param size how long it is, in bytes; the stream gives no more
     * @throws IOException when it is not there any more, or not so long, or can't be read
     */
    InputStream open(Path root, Kept kept, long size) throws IOException;

    /** Keeps nothing. */
    static ContentKeeper none() {
        return new ContentKeeper() {

            @Override
            public KeptFiles during(Path root, Collection<Path> changed) {
                return KeptFiles.NONE;
            }

            @Override
            public InputStream open(Path root, Kept kept, long size) throws IOException {
                throw new IOException("nobody here knows how to read what is kept elsewhere");
            }
        };
    }
}
