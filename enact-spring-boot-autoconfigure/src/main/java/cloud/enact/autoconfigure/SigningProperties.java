package cloud.enact.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys that sign receipts.
 *
 * @param secret Secret of at least 32 characters for HS256. Taken from the ENACT_SECRET environment variable when no key is set.
 * @param secretFile File with the secret.
 * @param privateKey Ed25519 private key, in PKCS#8 PEM form or as the location of a PEM file; receipts are signed with EdDSA then.
 * @param privateKeyFile File with the Ed25519 private key in PEM form.
 * @param kid Id that receipts name the key by. Derived from the key when not set.
 * @param previousSecrets Former secrets, so that receipts signed with them still verify.
 * @param verificationKeys Former keys, and public keys to verify with.
 * @param lostKeys Ids of former keys that are gone, so that their log may go on without their consent.
 * @param allowInsecureSecret Whether a built-in secret is used when none is set. For development only.
 */
record SigningProperties(
        @Nullable String secret,
        @Nullable Path secretFile,
        @Nullable String privateKey,
        @Nullable Path privateKeyFile,
        @Nullable String kid,
        @DefaultValue List<String> previousSecrets,
        @DefaultValue List<VerificationKeyProperties> verificationKeys,
        @DefaultValue List<String> lostKeys,
        @DefaultValue("false") boolean allowInsecureSecret) {

    @Override
    public String toString() {
        return "SigningProperties[***]";
    }
}
