package cloud.enact.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys that sign receipts.
 *
 * @param secret Secret of at least 32 characters for HS256. Taken from the ENACT_SECRET environment variable when not set.
 * @param privateKey Ed25519 private key in PKCS#8 PEM form; receipts are signed with EdDSA then.
 * @param previousSecrets Former secrets, so that receipts signed with them still verify.
 * @param allowInsecureSecret Whether a built-in secret is used when none is set. For development only.
 */
record SigningProperties(
        @Nullable String secret,
        @Nullable String privateKey,
        @DefaultValue List<String> previousSecrets,
        @DefaultValue("false") boolean allowInsecureSecret) {

    @Override
    public String toString() {
        return "SigningProperties[***]";
    }
}
