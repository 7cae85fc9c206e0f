package cloud.enact.receipt;

import cloud.enact.undo.Sha256;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/** A public key: verifies only. */
final class Ed25519VerificationKey implements ReceiptVerificationKey {

    private static final int SIGNATURE = 64;

    private final String kid;

    private final PublicKey key;

    private Ed25519VerificationKey(String kid, PublicKey key) {
        this.kid = kid;
        this.key = key;
    }

    static Ed25519VerificationKey of(@Nullable String kid, String publicKeyPem) {
        return of(kid, Pem.publicKey(publicKeyPem));
    }

    static Ed25519VerificationKey of(@Nullable String kid, PublicKey key) {
        return new Ed25519VerificationKey(
                (kid != null) ? KeyId.require(kid) : KeyId.of(Sha256.of(key.getEncoded())), key);
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
        return this.key.getEncoded();
    }

    @Override
    public boolean verify(byte[] bytes, byte[] signature) {
        if (signature.length != SIGNATURE) {
            // JDK 17 overlooks what stands behind the 64 bytes
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(this.key);
            verifier.update(bytes);
            return verifier.verify(signature);
        } catch (SignatureException ex) {
            // thrown for a point off the curve: not ours, so not valid
            return false;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This JVM can't verify Ed25519 signatures", ex);
        }
    }
}
