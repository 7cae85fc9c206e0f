package cloud.enact.undo;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that names blobs and records, chains receipts and names keys. */
public final class Sha256 {

    private Sha256() {}

    /** A new one, to be fed. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("This Java runtime has no SHA-256", ex);
        }
    }

    /** The digest of some bytes. */
    public static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }
}
