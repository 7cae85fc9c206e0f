package cloud.enact.receipt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A shared secret: signs and verifies. */
final class Hs256Key implements ReceiptSigner, ReceiptVerificationKey {

    private static final int MIN_CHARACTERS = 32;

    private final String kid;

    private final HmacKey key;

    private final HmacKey derivation;

    Hs256Key(@Nullable String kid, String secret) {
        int characters = secret.codePointCount(0, secret.length());
        if (characters < MIN_CHARACTERS) {
            throw new IllegalArgumentException("The signing secret has " + characters
                    + " characters and needs at least " + MIN_CHARACTERS + "; make one with: openssl rand -base64 48");
        }
        if (secret.contains("-----BEGIN ")) {
            // the text of a public key, or of a certificate, is known to others
            throw new IllegalArgumentException("The signing secret is a key or certificate in PEM, which is no secret"
                    + " to share; a private key belongs in enact.signing.private-key");
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        this.key = new HmacKey(bytes);
        this.derivation = HmacKey.extract("enact/derive/v1", bytes);
        this.kid = (kid != null) ? KeyId.require(kid) : KeyId.of(this.derivation.expand("enact/kid/v1"));
    }

    @Override
    public String kid() {
        return this.kid;
    }

    @Override
    public String alg() {
        return "HS256";
    }

    @Override
    public byte[] sign(byte[] bytes) {
        return this.key.mac(bytes);
    }

    @Override
    public boolean verify(byte[] bytes, byte[] signature) {
        return MessageDigest.isEqual(this.key.mac(bytes), signature);
    }

    @Override
    public ReceiptVerificationKey verificationKey() {
        return this;
    }

    @Override
    public byte[] derive(String purpose) {
        return this.derivation.expand(purpose);
    }
}
