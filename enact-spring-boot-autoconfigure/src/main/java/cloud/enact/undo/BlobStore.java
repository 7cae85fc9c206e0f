package cloud.enact.undo;

import cloud.enact.encryption.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

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

    /** How large one blob may be in {@link #inDirectory(Path)}, in bytes: 4 GiB. */
    long DEFAULT_MAX_BYTES = 4L * 1024 * 1024 * 1024;

    /**
     * Blobs as files below a directory that only its owner may enter, each of at most {@link #DEFAULT_MAX_BYTES}.
     *
     * @param directory made when it is not there
     * @throws IOException when the directory can't be made or entered
     */
    static BlobStore inDirectory(Path directory) throws IOException {
        return inDirectory(directory, DEFAULT_MAX_BYTES);
    }

    /**
     * Blobs as files below a directory that only its owner may enter.
     *
     * @param directory made when it is not there
     * @param maxBytes how large one blob may be, in bytes; positive
     * @throws IOException when the directory can't be made or entered
     */
    static BlobStore inDirectory(Path directory, long maxBytes) throws IOException {
        return new FileBlobStore(directory, maxBytes, new PlainBlobForm());
    }

    /**
     * Blobs as files below a directory that only its owner may enter, which can be read with the key alone.
     *
     * @param directory made when it is not there
     * @param maxBytes how large one blob may be, in bytes; positive
     * @param keys encrypt content and its names
     * @param writing whether new content is encrypted; else it is only read where it was
     * @throws IOException when the directory can't be made or entered
     */
    static BlobStore inDirectory(Path directory, long maxBytes, KeyRing keys, boolean writing) throws IOException {
        BlobForm plain = new PlainBlobForm();
        BlobForm encrypted = new EncryptedBlobForm(keys);
        return writing
                ? new FileBlobStore(directory, maxBytes, encrypted, plain)
                : new FileBlobStore(directory, maxBytes, plain, encrypted);
    }

    /**
     * The same blobs for reading only: {@link #put} is refused, and nothing is made or changed. A directory that is not
     * there holds no blobs.
     *
     * @param directory where the blobs are
     */
    static BlobStore readOnly(Path directory) {
        return readOnly(FileBlobStore.existing(directory, new PlainBlobForm()));
    }

    /**
     * The same blobs for reading only, encrypted or not.
     *
     * @param directory where the blobs are
     * @param keys decrypt them
     */
    static BlobStore readOnly(Path directory, KeyRing keys) {
        return readOnly(FileBlobStore.existing(directory, new EncryptedBlobForm(keys), new PlainBlobForm()));
    }

    private static BlobStore readOnly(BlobStore files) {
        return new BlobStore() {
            @Override
            public String put(InputStream content) throws IOException {
                throw new IOException("The blob store was opened for reading only");
            }

            @Override
            public InputStream open(String sha256) throws IOException {
                return files.open(sha256);
            }
        };
    }
}
