package cloud.enact.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a sequence of texts and bytes. */
final class Hash {

    private final MessageDigest digest = newDigest();

    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The length goes first, so that no two sequences run together to the same bytes. */
    void add(byte[] bytes) {
        this.digest.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        this.digest.update(bytes);
    }

    /** The digest of all that was added. It can be taken once. */
    String hex() {
        return HexFormat.of().formatHex(this.digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("This JVM has no SHA-256", ex);
        }
    }
}
