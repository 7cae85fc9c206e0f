package cloud.enact.autoconfigure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * A key that receipts were signed with before, or are signed with elsewhere.
 *
 * @param kid Id that receipts name it by. Derived from the key when not set.
 * @param secret Former secret.
 * @param secretFile File with a former secret.
 * @param privateKey Former Ed25519 private key, in PEM or as the location of a PEM file; lets its log go on with another key.
 * @param privateKeyFile File with a former Ed25519 private key in PEM.
 * @param publicKey Ed25519 public key, in PEM or as the location of a PEM file; only verifies.
 * @param publicKeyFile File with an Ed25519 public key in PEM.
 */
record VerificationKeyProperties(
        @Nullable String kid,
        @Nullable String secret,
        @Nullable Path secretFile,
        @Nullable String privateKey,
        @Nullable Path privateKeyFile,
        @Nullable String publicKey,
        @Nullable Path publicKeyFile) {

    VerificationKeyProperties {
        kid = StringUtils.hasText(kid) ? kid : null;
    }

    @Override
    public String toString() {
        return "VerificationKeyProperties[***]";
    }
}
