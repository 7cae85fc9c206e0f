package cloud.enact.cli;

import cloud.enact.receipt.CheckpointKey;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptVerificationKey;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Options of every command: where receipts are, and with what to check them. Secrets come from the environment only.
 */
final class StoreOptions {

    private static final long MAX_KEY = 64 * 1024;

    private final UnaryOperator<@Nullable String> environment;

    @Option(
            scope = ScopeType.INHERIT,
            names = "--store",
            paramLabel = "FILE",
            defaultValue = "./.enact/enact.db",
            description = "File of the embedded store (default: ${DEFAULT-VALUE}).")
    private Path store = Path.of("");

    @Option(
            scope = ScopeType.INHERIT,
            names = "--secret-env",
            paramLabel = "[KID=]NAME",
            defaultValue = "ENACT_SECRET",
            description = "Environment variable with the signing secret, or with an Ed25519 private key in PEM;"
                    + " after the id of the key and an equals sign where the application gives it one"
                    + " (default: ${DEFAULT-VALUE}).")
    private String secretVariable = "";

    @Option(
            scope = ScopeType.INHERIT,
            names = "--verification-secret-env",
            paramLabel = "[KID=]NAME",
            description = "Environment variable with a former secret or private key; may be given several times.")
    private List<String> formerVariables = List.of();

    @Option(
            scope = ScopeType.INHERIT,
            names = "--public-key",
            paramLabel = "[KID=]FILE",
            description = "Ed25519 public key in PEM to verify with; may be given several times.")
    private List<String> publicKeys = List.of();

    @Option(
            scope = ScopeType.INHERIT,
            names = "--lost-key",
            paramLabel = "KID",
            description = "Id of a former key that is known to be lost (enact.signing.lost-keys); may be given several"
                    + " times.")
    private List<String> lostKeys = List.of();

    @Option(
            scope = ScopeType.INHERIT,
            names = "--encryption-key-env",
            paramLabel = "NAME",
            defaultValue = "ENACT_ENCRYPTION_KEY",
            description = "Environment variable with the master key of what is encrypted (default: ${DEFAULT-VALUE}).")
    private String masterKeyVariable = "";

    @Option(
            scope = ScopeType.INHERIT,
            names = "--former-encryption-key-env",
            paramLabel = "NAME",
            description = "Environment variable with a former master key; may be given several times.")
    private List<String> formerMasterKeyVariables = List.of();

    @Option(
            scope = ScopeType.INHERIT,
            names = "--data-keys",
            paramLabel = "FILE",
            description = "File of the data keys (default: 'keys.db' beside the store).")
    private @Nullable Path dataKeys;

    @Option(
            scope = ScopeType.INHERIT,
            names = "--checkpoint-name",
            paramLabel = "NAME",
            defaultValue = CheckpointSigner.DEFAULT_NAME,
            description = "Name of the checkpoint key that is derived from the secret (default: ${DEFAULT-VALUE}).")
    private String checkpointName = "";

    StoreOptions(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    Path store() {
        return this.store;
    }

    /** File of the data keys, which need not be there. */
    Path dataKeys() {
        return (this.dataKeys != null)
                ? this.dataKeys
                : this.store.toAbsolutePath().resolveSibling("keys.db");
    }

    String masterKeyVariable() {
        return this.masterKeyVariable;
    }

    /** The master key, or {@code null} when there is none. */
    @Nullable
    String masterKey() {
        String value = this.environment.apply(this.masterKeyVariable);
        return (value != null && !value.isBlank()) ? value : null;
    }

    List<String> formerMasterKeys() {
        List<String> keys = new ArrayList<>();
        for (String variable : this.formerMasterKeyVariables) {
            String value = this.environment.apply(variable);
            if (value == null || value.isBlank()) {
                throw new CommandException("The environment variable " + variable + " is not set");
            }
            keys.add(value);
        }
        return keys;
    }

    /** Opens the store for reading; an application may write it meanwhile. */
    SqliteReceiptStore openToRead() {
        return SqliteReceiptStore.openReadOnly(this.store);
    }

    /** Whether there is a key to sign with. */
    boolean canSign() {
        return signer(Named.parse(this.secretVariable)) != null;
    }

    /** The key to sign with, and all others. */
    ReceiptKeys signingKeys() {
        ReceiptSigner signer = signer(Named.parse(this.secretVariable));
        if (signer == null) {
            throw new CommandException("The environment variable "
                    + Named.parse(this.secretVariable).value()
                    + " is not set; it must hold the secret that the application signs with");
        }
        return ReceiptKeys.of(signer, former(), published()).withLost(this.lostKeys);
    }

    /** Whatever keys there are, to verify with. */
    ReceiptKeys verificationKeys() {
        List<ReceiptVerificationKey> keys = new ArrayList<>(published());
        ReceiptSigner signer = signer(Named.parse(this.secretVariable));
        if (signer != null) {
            keys.add(signer.verificationKey());
        }
        former().forEach(former -> keys.add(former.verificationKey()));
        return ReceiptKeys.forVerification(keys).withLost(this.lostKeys);
    }

    /** As {@link #verificationKeys()}, but there must be one: without a key nothing can be verified. */
    ReceiptKeys requiredVerificationKeys() {
        ReceiptKeys keys = verificationKeys();
        if (keys.ids().isEmpty()) {
            throw new CommandException("There is no key to verify with; set the environment variable "
                    + Named.parse(this.secretVariable).value() + ", or name a public key with --public-key");
        }
        return keys;
    }

    /** Every key that can sign: those of secrets and private keys in the environment. */
    List<ReceiptSigner> signers() {
        List<ReceiptSigner> signers = new ArrayList<>(former());
        ReceiptSigner signer = signer(Named.parse(this.secretVariable));
        if (signer != null) {
            signers.add(0, signer);
        }
        return signers;
    }

    /**
     * Keys that checkpoints are checked with: those that are named, and those derived from the secrets there are.
     *
     * @param named keys that are named
     */
    CheckpointKeys checkpointKeys(List<CheckpointKey> named) {
        List<CheckpointKey> keys = new ArrayList<>(named);
        signers()
                .forEach(each -> keys.add(
                        CheckpointSigner.derivedFrom(this.checkpointName, each).key()));
        return CheckpointKeys.of(keys);
    }

    private List<ReceiptSigner> former() {
        List<ReceiptSigner> former = new ArrayList<>();
        for (String given : this.formerVariables) {
            Named variable = Named.parse(given);
            ReceiptSigner signer = signer(variable);
            if (signer == null) {
                throw new CommandException("The environment variable " + variable.value() + " is not set");
            }
            former.add(signer);
        }
        return former;
    }

    /** Where a key is, and the id it goes by when that is not derived from it. */
    private record Named(@Nullable String kid, String value) {

        private static final Pattern KID = Pattern.compile("([A-Za-z0-9._-]{1,64})=(.+)", Pattern.DOTALL);

        private static Named parse(String given) {
            Matcher named = KID.matcher(given);
            return named.matches() ? new Named(named.group(1), named.group(2)) : new Named(null, given);
        }
    }

    private @Nullable ReceiptSigner signer(Named named) {
        String kid = named.kid();
        String variable = named.value();
        String value = this.environment.apply(variable);
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            if (value.startsWith("-----BEGIN")) {
                return (kid != null) ? ReceiptSigner.ed25519(kid, value) : ReceiptSigner.ed25519(value);
            }
            return (kid != null) ? ReceiptSigner.hs256(kid, value) : ReceiptSigner.hs256(value);
        } catch (IllegalArgumentException ex) {
            throw new CommandException("The environment variable " + variable + " can't be used: " + ex.getMessage());
        }
    }

    private List<ReceiptVerificationKey> published() {
        List<ReceiptVerificationKey> keys = new ArrayList<>();
        for (String given : this.publicKeys) {
            Named named = Named.parse(given);
            String file = named.value();
            try {
                if (Files.size(Path.of(file)) > MAX_KEY) {
                    throw new CommandException("The file " + file + " is too large for a public key");
                }
                String pem = Files.readString(Path.of(file));
                keys.add(
                        (named.kid() != null)
                                ? ReceiptVerificationKey.ed25519(named.kid(), pem)
                                : ReceiptVerificationKey.ed25519(pem));
            } catch (IOException | IllegalArgumentException ex) {
                throw new CommandException("The file " + file + " holds no Ed25519 public key in PEM");
            }
        }
        return keys;
    }
}
