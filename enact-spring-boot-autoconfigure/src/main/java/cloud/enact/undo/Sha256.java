package cloud.enact.undo;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that names blobs and records. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("This Java runtime has no SHA-256", ex);
        }
    }
}
