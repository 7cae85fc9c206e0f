package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.KeyRotation;
import cloud.enact.receipt.KeyRotationException;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerificationKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/** Turns {@code enact.signing} into keys, and refuses what would make signatures worthless. */
final class SigningKeys {

    /** Environment variable that holds the secret when no property does. */
    static final String SECRET_VARIABLE = "ENACT_SECRET";

    private static final String PREFIX = "enact.signing.";

    private static final String INSECURE_SECRET = "insecure-development-secret-known-to-everybody";

    private static final Log logger = LogFactory.getLog(SigningKeys.class);

    private final SigningProperties signing;

    private final KeyTexts texts;

    SigningKeys(SigningProperties signing, ResourceLoader resources) {
        this.signing = signing;
        this.texts = new KeyTexts(resources);
    }

    /** The key to sign with. */
    ReceiptSigner signer(Environment environment) {
        Map<String, Supplier<ReceiptSigner>> given = new LinkedHashMap<>();
        VerificationKeyProperties key = new VerificationKeyProperties(
                this.signing.kid(),
                this.signing.secret(),
                this.signing.secretFile(),
                this.signing.privateKey(),
                this.signing.privateKeyFile(),
                null,
                null);
        signers(given, PREFIX, key);
        String variable = environment.getProperty(SECRET_VARIABLE);
        if (given.isEmpty() && StringUtils.hasText(variable)) {
            given.put(SECRET_VARIABLE, () -> hs256(key.kid(), variable));
        }
        if (given.isEmpty() && this.signing.allowInsecureSecret()) {
            logger.warn("Receipts are signed with a secret that everybody knows (enact.signing.allow-insecure-secret);"
                    + " they prove nothing. Set " + SECRET_VARIABLE + " before anybody relies on them");
            return ReceiptSigner.hs256(INSECURE_SECRET);
        }
        if (given.isEmpty()) {
            throw new EnactStartupException(
                    "Receipts can't be signed: there is no secret.",
                    "Set the environment variable " + SECRET_VARIABLE + " (or enact.signing.secret) to at least 32"
                            + " random characters, such as the output of: openssl rand -base64 48\nFor development"
                            + " alone, enact.signing.allow-insecure-secret=true does without.");
        }
        return one("Receipts can't be signed", given);
    }

    /**
     * That key with all others.
     *
     * @param signer the key to sign with
     */
    ReceiptKeys keys(ReceiptSigner signer) {
        List<ReceiptSigner> former = new ArrayList<>();
        List<ReceiptVerificationKey> published = new ArrayList<>();
        for (int i = 0; i < this.signing.previousSecrets().size(); i++) {
            String property = PREFIX + "previous-secrets[" + i + "]";
            String secret = this.signing.previousSecrets().get(i);
            former.add(one(
                    "Receipts can't be verified",
                    Map.of(property, () -> hs256(null, KeyTexts.text(property, secret)))));
        }
        for (int i = 0; i < this.signing.verificationKeys().size(); i++) {
            add(
                    PREFIX + "verification-keys[" + i + "].",
                    this.signing.verificationKeys().get(i),
                    former,
                    published);
        }
        try {
            return ReceiptKeys.of(signer, former, published).withLost(this.signing.lostKeys());
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "The former signing keys can't be used: " + ex.getMessage() + ".",
                    "Check enact.signing.previous-secrets, enact.signing.verification-keys and"
                            + " enact.signing.lost-keys: each key belongs there once, and the one that signs not at"
                            + " all.",
                    ex);
        }
    }

    private void add(
            String prefix,
            VerificationKeyProperties key,
            List<ReceiptSigner> former,
            List<ReceiptVerificationKey> published) {
        String kid = key.kid();
        Map<String, Supplier<ReceiptSigner>> signers = new LinkedHashMap<>();
        signers(signers, prefix, key);
        Map<String, Supplier<ReceiptVerificationKey>> given = new LinkedHashMap<>();
        signers.forEach((property, signer) -> given.put(property, () -> {
            former.add(signer.get());
            return former.get(former.size() - 1).verificationKey();
        }));
        if (KeyTexts.isSet(key.publicKey())) {
            String property = prefix + "public-key";
            given.put(property, () -> publicKey(kid, this.texts.pem(property, String.valueOf(key.publicKey()))));
        }
        Path publicKeyFile = key.publicKeyFile();
        if (publicKeyFile != null && KeyTexts.isSet(publicKeyFile)) {
            String property = prefix + "public-key-file";
            given.put(property, () -> publicKey(kid, this.texts.file(property, publicKeyFile)));
        }
        ReceiptVerificationKey made = one("Receipts can't be verified", given, prefix);
        if (signers.isEmpty()) {
            published.add(made);
        }
    }

    /** What signs among the ways to give a key, by the property that gives it. */
    private void signers(Map<String, Supplier<ReceiptSigner>> given, String prefix, VerificationKeyProperties key) {
        String kid = key.kid();
        if (KeyTexts.isSet(key.secret())) {
            String property = prefix + "secret";
            given.put(property, () -> hs256(kid, KeyTexts.text(property, String.valueOf(key.secret()))));
        }
        Path secretFile = key.secretFile();
        if (secretFile != null && KeyTexts.isSet(secretFile)) {
            String property = prefix + "secret-file";
            given.put(property, () -> hs256(kid, this.texts.file(property, secretFile)));
        }
        if (KeyTexts.isSet(key.privateKey())) {
            String property = prefix + "private-key";
            given.put(property, () -> ed25519(kid, this.texts.pem(property, String.valueOf(key.privateKey()))));
        }
        Path privateKeyFile = key.privateKeyFile();
        if (privateKeyFile != null && KeyTexts.isSet(privateKeyFile)) {
            String property = prefix + "private-key-file";
            given.put(property, () -> ed25519(kid, this.texts.file(property, privateKeyFile)));
        }
    }

    private static <K> K one(String problem, Map<String, Supplier<K>> given, String prefix) {
        if (given.isEmpty()) {
            String entry = prefix.substring(0, prefix.length() - 1);
            throw new EnactStartupException(
                    problem + ": " + entry + " holds no key.",
                    "Give it a secret, secret-file, private-key, private-key-file, public-key or public-key-file, or"
                            + " remove it.");
        }
        return one(problem, given);
    }

    private static <K> K one(String problem, Map<String, Supplier<K>> given) {
        if (given.size() > 1) {
            throw new EnactStartupException(
                    problem + ": " + String.join(" and ", given.keySet()) + " are set, and only one of them can count.",
                    "Remove all but one. A key that signed before belongs in enact.signing.verification-keys.");
        }
        Map.Entry<String, Supplier<K>> only = given.entrySet().iterator().next();
        try {
            return only.getValue().get();
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    problem + ": " + only.getKey() + " can't be used. " + ex.getMessage() + ".",
                    "A secret has at least 32 random characters, such as the output of: openssl rand -base64 48\nA"
                            + " private key is made with: openssl genpkey -algorithm ed25519",
                    ex);
        }
    }

    private static ReceiptSigner hs256(@Nullable String kid, String secret) {
        return (kid != null) ? ReceiptSigner.hs256(kid, secret) : ReceiptSigner.hs256(secret);
    }

    private static ReceiptSigner ed25519(@Nullable String kid, String pem) {
        return (kid != null) ? ReceiptSigner.ed25519(kid, pem) : ReceiptSigner.ed25519(pem);
    }

    private static ReceiptVerificationKey publicKey(@Nullable String kid, String pem) {
        return (kid != null) ? ReceiptVerificationKey.ed25519(kid, pem) : ReceiptVerificationKey.ed25519(pem);
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
            String insecure = ReceiptSigner.hs256(INSECURE_SECRET).kid();
            throw new EnactStartupException(
                    ex.getDescription(),
                    ex.getDescription().contains("with key '" + insecure + "'")
                            ? "That key is the one of enact.signing.allow-insecure-secret, and what it signed proves"
                                    + " nothing: start with another enact.receipts.file."
                            : ex.getAction(),
                    ex);
        }
    }
}
