package cloud.enact.undo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;

/** How the content of a blob is written into its file, and under which name. Thread-safe. */
interface BlobForm {

    /** Name of the file, 64 hexadecimal digits. */
    String name(String sha256);

    /**
     * Writes content into an empty file.
     *
     * @param content read to its end
     * @return the SHA-256 of the content
     */
    String write(InputStream content, FileChannel file) throws IOException;

    /** What {@link #write} was given. */
    InputStream read(InputStream file, String sha256) throws IOException;
}
