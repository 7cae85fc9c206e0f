package cloud.enact.receipt;

import org.jspecify.annotations.Nullable;

/** Checks signatures made with one key. Implementations are thread-safe. */
public interface ReceiptVerificationKey {

    /** Id of the key as receipts carry it: 1 to 64 letters, digits, dots, dashes or underscores. */
    String kid();

    /** Name of the algorithm as receipts carry it, such as {@code HS256}. */
    String alg();

    /** Whether the signature fits the bytes; compares in constant time; {@code false} for a malformed signature. */
    boolean verify(byte[] bytes, byte[] signature);

    /** The public half that this key is, X.509 DER; {@code null} for a secret, which has none. */
    default byte @Nullable [] publicKey() {
        return null;
    }

    /**
     * The public half of an Ed25519 key, with the id it has by default.
     *
     * @param publicKeyPem X.509 {@code PUBLIC KEY} in PEM
     * @throws IllegalArgumentException when the text is not such a key; it is not echoed
     */
    static ReceiptVerificationKey ed25519(String publicKeyPem) {
        return Ed25519VerificationKey.of(null, publicKeyPem);
    }

    /** The public half of an Ed25519 key under a given id. */
    static ReceiptVerificationKey ed25519(String kid, String publicKeyPem) {
        return Ed25519VerificationKey.of(kid, publicKeyPem);
    }
}
