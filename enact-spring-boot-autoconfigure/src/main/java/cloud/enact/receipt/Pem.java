package cloud.enact.receipt;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Ed25519 keys in PEM (RFC 7468, RFC 8410). */
final class Pem {

    private static final String ALGORITHM = "Ed25519";

    private Pem() {}

    static PrivateKey privateKey(String pem) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(content(pem, "PRIVATE KEY")));
        } catch (GeneralSecurityException ex) {
            throw notAKey("PRIVATE KEY", ex);
        }
    }

    static PublicKey publicKey(String pem) {
        return publicKey(content(pem, "PUBLIC KEY"));
    }

    static PublicKey publicKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException ex) {
            throw notAKey("PUBLIC KEY", ex);
        }
    }

    private static byte[] content(String pem, String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw notAKey(label, null);
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException ex) {
            throw notAKey(label, null);
        }
    }

    // the cause of a failed decoding may quote the key, so only provider errors travel
    private static IllegalArgumentException notAKey(String label, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "Not an Ed25519 key in PEM: expected text between '-----BEGIN " + label + "-----' and '-----END "
                        + label + "-----', as openssl genpkey -algorithm ed25519 and openssl pkey -pubout write it",
                cause);
    }
}
