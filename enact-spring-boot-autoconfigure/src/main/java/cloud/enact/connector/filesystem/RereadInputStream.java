package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import cloud.enact.undo.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A blob that was verified to its end before its first byte is handed out. It may be too large for memory, so it is
 * read twice, and each part is handed out only when it is the one that was verified.
 */
final class RereadInputStream extends InputStream {

    private static final int PART = 256 * 1024;

    private final InputStream in;

    private final List<byte[]> digests;

    private byte[] part = new byte[0];

    private int at;

    private int next;

    private RereadInputStream(InputStream in, List<byte[]> digests) {
        this.in = in;
        this.digests = digests;
    }

    /**
     * Opens a blob.
     *
     * @throws IOException when there is none, or its bytes are not those of the digest
     */
    static RereadInputStream open(BlobStore blobs, String sha256) throws IOException {
        List<byte[]> digests = new ArrayList<>();
        MessageDigest digest = Sha256.digest();
        try (InputStream content = blobs.open(sha256)) {
            byte[] part;
            do {
                part = content.readNBytes(PART);
                digests.add(digest.digest(part));
            } while (part.length > 0);
        }
        return new RereadInputStream(blobs.open(sha256), digests);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (this.at == this.part.length && this.next < this.digests.size()) {
            this.part = this.in.readNBytes(PART);
            this.at = 0;
            if (!MessageDigest.isEqual(Sha256.of(this.part), this.digests.get(this.next++))) {
                throw new IOException(
                        "what was captured was altered while it was read;" + " restore the blob store from a backup");
            }
        }
        int n = Math.min(length, this.part.length - this.at);
        if (n == 0) {
            return -1;
        }
        System.arraycopy(this.part, this.at, buffer, offset, n);
        this.at += n;
        return n;
    }

    @Override
    public void close() throws IOException {
        this.in.close();
    }
}
