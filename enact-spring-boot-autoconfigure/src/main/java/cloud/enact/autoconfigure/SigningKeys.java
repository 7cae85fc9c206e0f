package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.KeyRotation;
import cloud.enact.receipt.KeyRotationException;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Turns {@code enact.signing} into keys, and refuses what would make signatures worthless. */
final class SigningKeys {

    /** Environment variable that holds the secret when no property does. */
    static final String SECRET_VARIABLE = "ENACT_SECRET";

    private static final String INSECURE_SECRET = "insecure-development-secret-known-to-everybody";

    private static final Log logger = LogFactory.getLog(SigningKeys.class);

    private SigningKeys() {}

    static ReceiptSigner signer(SigningProperties signing, Environment environment) {
        try {
            if (StringUtils.hasText(signing.privateKey())) {
                return ReceiptSigner.ed25519(signing.privateKey());
            }
            String secret =
                    StringUtils.hasText(signing.secret()) ? signing.secret() : environment.getProperty(SECRET_VARIABLE);
            if (StringUtils.hasText(secret)) {
                return ReceiptSigner.hs256(secret);
            }
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "Receipts can't be signed: " + ex.getMessage(),
                    "Set " + SECRET_VARIABLE + " (or enact.signing.secret) to at least 32 random characters, such as"
                            + " the output of: openssl rand -base64 48",
                    ex);
        }
        if (signing.allowInsecureSecret()) {
            logger.warn("Receipts are signed with a secret that everybody knows (enact.signing.allow-insecure-secret);"
                    + " they prove nothing. Set " + SECRET_VARIABLE + " before anybody relies on them");
            return ReceiptSigner.hs256(INSECURE_SECRET);
        }
        throw new EnactStartupException(
                "Receipts can't be signed: there is no secret.",
                "Set the environment variable " + SECRET_VARIABLE + " (or enact.signing.secret) to at least 32 random"
                        + " characters, such as the output of: openssl rand -base64 48\nFor development alone,"
                        + " enact.signing.allow-insecure-secret=true does without.");
    }

    static ReceiptKeys keys(ReceiptSigner signer, SigningProperties signing) {
        try {
            List<ReceiptSigner> former =
                    signing.previousSecrets().stream().map(ReceiptSigner::hs256).toList();
            return ReceiptKeys.of(signer, former, List.of());
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "The former signing keys can't be used: " + ex.getMessage(),
                    "Check enact.signing.previous-secrets: each must be one that receipts were signed with, once.",
                    ex);
        }
    }

    /**
     * Checks that a log can go on with the key that is configured.
     *
     * @throws EnactStartupException when it can't
     */
    static void requireRotation(ReceiptStore store, String log, ReceiptKeys keys) {
        try {
            KeyRotation.requirePossible(store, log, keys);
        } catch (KeyRotationException ex) {
            throw new EnactStartupException(ex.getDescription(), ex.getAction(), ex);
        }
    }
}
