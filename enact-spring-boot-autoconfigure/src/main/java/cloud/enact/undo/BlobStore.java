package cloud.enact.undo;

import java.io.IOException;
import java.io.InputStream;

/** Content by its digest: pre-images that are too large for a record. Thread-safe; constant memory. */
public interface BlobStore {

    /**
     * Stores everything the stream gives, durable when the method returns. Storing the same content twice keeps one.
     *
     * @param content read to its end, not closed
     * @return the SHA-256 of the content, 64 hexadecimal digits
     * @throws IOException when it can't be stored, or is larger than the store takes
     */
    String put(InputStream content) throws IOException;

    /**
     * Opens content; reading to the end fails when the bytes are not those of the digest.
     *
     * @param sha256 64 hexadecimal digits
     * @throws IOException when there is no such content
     */
    InputStream open(String sha256) throws IOException;
}
