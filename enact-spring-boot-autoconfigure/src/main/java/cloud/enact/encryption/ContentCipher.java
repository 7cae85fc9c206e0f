package cloud.enact.encryption;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Encrypts content of any size, which is known by its digest. The key to it can be derived only from a data key and that
 * digest together: once every record that holds the digest is erased, the content is as well. Thread-safe.
 *
 * <p>Content has a random key of its own, wrapped in a header of {@link #HEADER} bytes, and is cut into segments
 * (AES-256-GCM, STREAM): each is bound to its place, and the last one says that it is the last.
 */
public final class ContentCipher {

    /** How many bytes of a segment are content. */
    public static final int SEGMENT = 64 * 1024;

    private static final byte[] MAGIC = "ENACTC1\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CONTEXT = "enact/content-key/v1".getBytes(StandardCharsets.US_ASCII);

    private static final int WRAPPED = Xaes256Gcm.KEY + Xaes256Gcm.TAG;

    /** How many bytes stand before the first segment. */
    public static final int HEADER = 8 + Xaes256Gcm.NONCE + WRAPPED;

    private final DataKey root;

    private final Nonces nonces = new Nonces();

    public ContentCipher(DataKey root) {
        this.root = root;
    }

    /**
     * A name for content that who lacks the key can't derive from the content.
     *
     * @param sha256 64 hexadecimal digits
     */
    public String name(String sha256) {
        return HexFormat.of().formatHex(derive("name", sha256));
    }

    private byte[] derive(String purpose, String sha256) {
        return this.root.derive(("content/" + purpose + '\n' + sha256).getBytes(StandardCharsets.US_ASCII));
    }

    /** Begins to encrypt content whose digest is not known yet. */
    public Encryption begin() {
        return new Encryption(this.nonces.key());
    }

    /** The encryption of one content. Not thread-safe. */
    public final class Encryption {

        private final byte[] key;

        private final Segments segments;

        private Encryption(byte[] key) {
            this.key = key;
            this.segments = new Segments(key);
        }

        /**
         * Encrypts the next segment.
         *
         * @param length {@link #SEGMENT}, or less for the last one
         */
        public byte[] segment(byte[] content, int length, boolean last) {
            return this.segments.encrypt(content, length, last);
        }

        /** What to write before the first segment. */
        public byte[] header(String sha256) {
            byte[] nonce = ContentCipher.this.nonces.next();
            byte[] wrapped = new Xaes256Gcm(derive("key", sha256)).encrypt(nonce, CONTEXT, this.key);
            ByteArrayOutputStream header = new ByteArrayOutputStream(HEADER);
            header.writeBytes(MAGIC);
            header.writeBytes(nonce);
            header.writeBytes(wrapped);
            return header.toByteArray();
        }
    }

    /**
     * Decrypts; what is read is what was encrypted, up to an {@link IOException} where it was altered or cut.
     *
     * @param in header and segments
     * @throws IOException when that is not what was encrypted under this digest
     */
    public InputStream open(InputStream in, String sha256) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length != HEADER || !Arrays.equals(MAGIC, Arrays.copyOf(header, MAGIC.length))) {
            throw new IOException("It is not encrypted content");
        }
        byte[] nonce = Arrays.copyOfRange(header, MAGIC.length, MAGIC.length + Xaes256Gcm.NONCE);
        byte[] wrapped = Arrays.copyOfRange(header, HEADER - WRAPPED, HEADER);
        try {
            byte[] key = new Xaes256Gcm(derive("key", sha256)).decrypt(nonce, CONTEXT, wrapped);
            return new SegmentInputStream(in, new Segments(key));
        } catch (EncryptionException ex) {
            throw new IOException("Encrypted content was altered, or stands under another name", ex);
        }
    }
}
