package cloud.enact.receipt;

import cloud.enact.action.Sha256;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** A public key: verifies only. */
final class Ed25519VerificationKey implements ReceiptVerificationKey {

    private static final int SIGNATURE = 64;

    private final String kid;

    private final PublicKey key;

    private final Ed25519 ed25519;

    private final byte[] encoded;

    private Ed25519VerificationKey(String kid, PublicKey key, Ed25519 ed25519) {
        this.kid = kid;
        this.key = ed25519.own(key);
        this.ed25519 = ed25519;
        this.encoded = key.getEncoded();
    }

    static Ed25519VerificationKey of(@Nullable String kid, String publicKeyPem) {
        return of(kid, Pem.publicKey(publicKeyPem));
    }

    static Ed25519VerificationKey of(@Nullable String kid, PublicKey key) {
        return of(kid, key, Ed25519.fastest());
    }

    static Ed25519VerificationKey of(@Nullable String kid, PublicKey key, Ed25519 ed25519) {
        return new Ed25519VerificationKey(
                (kid != null) ? KeyId.require(kid) : KeyId.of(Sha256.of(key.getEncoded())), key, ed25519);
    }

    @Override
    public String kid() {
        return this.kid;
    }

    @Override
    public String alg() {
        return "EdDSA";
    }

    @Override
    public byte[] publicKey() {
        return this.encoded.clone();
    }

    @Override
    public boolean verify(byte[] bytes, byte[] signature) {
        if (signature.length != SIGNATURE) {
            // JDK 17 overlooks what stands behind the 64 bytes
            return false;
        }
        return this.ed25519.verify(this.key, bytes, signature);
    }
}
