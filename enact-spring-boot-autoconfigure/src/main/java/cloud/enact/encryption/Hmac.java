package cloud.enact.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256: 32 bytes for a purpose, from which nobody can tell the key. */
final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    static byte[] of(byte[] key, String purpose) {
        return of(key, purpose.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] of(byte[] key, byte[] purpose) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(purpose);
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This JVM has no HMAC-SHA-256, which encryption needs", ex);
        }
    }
}
