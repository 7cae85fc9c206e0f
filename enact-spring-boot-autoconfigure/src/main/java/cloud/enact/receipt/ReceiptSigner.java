package cloud.enact.receipt;

import java.util.function.UnaryOperator;

/**
 * A signing key. Implementations are thread-safe.
 *
 * <p>To rotate, sign with a new one and keep the old one among the former signers of {@link ReceiptKeys}.
 */
public interface ReceiptSigner {

    /** Id of the key: 1 to 64 letters, digits, dots, dashes or underscores. */
    String kid();

    /** Name of the algorithm, such as {@code HS256} or {@code EdDSA}. */
    String alg();

    /**
     * Signs bytes. Called for every receipt, one after the other, while its callers wait: what it throws, and what takes
     * longer than they wait, blocks the action. Its message goes no further, only the name of its class does.
     */
    byte[] sign(byte[] bytes);

    /** Checks what this signs. */
    ReceiptVerificationKey verificationKey();

    /**
     * Derives 32 secret bytes for another purpose, the same each time, from which nobody can tell this key or what
     * another purpose gets.
     *
     * @param purpose a label such as {@code enact/undo-seal/v1}
     */
    byte[] derive(String purpose);

    /**
     * HMAC-SHA-256 (JWA {@code HS256}). The UTF-8 bytes of the secret are the key, so that anybody who knows it can
     * check a receipt with common tools. The id is derived from the secret and tells nothing about it.
     *
     * @param secret at least 32 characters
     * @throws IllegalArgumentException when the secret is too short; it is not echoed
     */
    static ReceiptSigner hs256(String secret) {
        return new Hs256Key(null, secret);
    }

    /** {@link #hs256(String)} under a given id. */
    static ReceiptSigner hs256(String kid, String secret) {
        return new Hs256Key(kid, secret);
    }

    /**
     * Ed25519 (RFC 8032, JWA {@code EdDSA}). Whoever has the public key can verify, nobody else can sign. The JDK makes
     * some two thousand such signatures per second, and BouncyCastle (bcprov) some fifteen times as many: it is used
     * where it is on the class path. The id is derived from the public key.
     *
     * @param privateKeyPem PKCS#8 {@code PRIVATE KEY} in PEM, as {@code openssl genpkey -algorithm ed25519} writes it
     * @throws IllegalArgumentException when the text is not such a key; it is not echoed
     */
    static ReceiptSigner ed25519(String privateKeyPem) {
        return Ed25519Signer.of(null, privateKeyPem);
    }

    /**
     * A key that a service keeps and does not give away, such as a KMS, Vault or an HSM. What it signs is checked with
     * the public key before it counts.
     *
     * @param key public half of the key, with its id
     * @param service asks the service for the signature of some bytes
     * @param derivationSecret at least 32 characters, to derive keys for other purposes from, because the service does
     *     not tell its own; it can't sign receipts
     */
    static ReceiptSigner remote(ReceiptVerificationKey key, UnaryOperator<byte[]> service, String derivationSecret) {
        return new RemoteSigner(key, service, derivationSecret);
    }

    /** {@link #ed25519(String)} under a given id. */
    static ReceiptSigner ed25519(String kid, String privateKeyPem) {
        return Ed25519Signer.of(kid, privateKeyPem);
    }
}
