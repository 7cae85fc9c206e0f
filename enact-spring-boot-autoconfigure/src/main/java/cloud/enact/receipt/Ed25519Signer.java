package cloud.enact.receipt;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import org.jspecify.annotations.Nullable;

/** A private key: signs. */
final class Ed25519Signer implements ReceiptSigner {

    private final PrivateKey key;

    private final Ed25519 ed25519;

    private final ReceiptVerificationKey verificationKey;

    private final HmacKey derivation;

    private Ed25519Signer(PrivateKey key, Ed25519 ed25519, ReceiptVerificationKey verificationKey, HmacKey derivation) {
        this.key = ed25519.own(key);
        this.ed25519 = ed25519;
        this.verificationKey = verificationKey;
        this.derivation = derivation;
    }

    static Ed25519Signer of(@Nullable String kid, String privateKeyPem) {
        return of(kid, privateKeyPem, Ed25519.fastest());
    }

    static Ed25519Signer of(@Nullable String kid, String privateKeyPem, Ed25519 ed25519) {
        PrivateKey key = Pem.privateKey(privateKeyPem);
        byte[] seed = ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The Ed25519 key does not give its bytes; configure it as PKCS#8 in PEM"));
        ReceiptVerificationKey verificationKey = Ed25519VerificationKey.of(kid, publicKey(seed), ed25519);
        return new Ed25519Signer(key, ed25519, verificationKey, HmacKey.extract("enact/derive/v1", seed));
    }

    /** The JDK computes a public key only when it makes a pair, and a pair is made from 32 "random" bytes. */
    static PublicKey publicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            return generator.generateKeyPair().getPublic();
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This JVM can't make Ed25519 keys", ex);
        }
    }

    @Override
    public String kid() {
        return this.verificationKey.kid();
    }

    @Override
    public String alg() {
        return this.verificationKey.alg();
    }

    @Override
    public byte[] sign(byte[] bytes) {
        return this.ed25519.sign(this.key, bytes);
    }

    @Override
    public ReceiptVerificationKey verificationKey() {
        return this.verificationKey;
    }

    @Override
    public byte[] derive(String purpose) {
        return this.derivation.expand(purpose);
    }

    private static final class Seed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        private Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != this.seed.length) {
                throw new IllegalStateException(
                        "This JVM makes Ed25519 keys from " + bytes.length + " bytes, not 32 (RFC 8032)");
            }
            System.arraycopy(this.seed, 0, bytes, 0, bytes.length);
        }
    }
}
