package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.CheckpointKey;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptSigner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ResourceLoader;

/** Turns {@code enact.receipts.checkpoints} into the keys that sign and check checkpoints. */
final class ConfiguredCheckpointKeys {

    private static final String PREFIX = "enact.receipts.checkpoints.";

    private final CheckpointProperties properties;

    private final KeyTexts texts;

    ConfiguredCheckpointKeys(CheckpointProperties properties, ResourceLoader resources) {
        this.properties = properties;
        this.texts = new KeyTexts(resources);
    }

    /** The key to sign with: one of its own, or one derived from the key that signs receipts. */
    CheckpointSigner signer(ReceiptSigner receipts) {
        String key = this.properties.privateKey();
        boolean inline = key != null && KeyTexts.isSet(key);
        Path file = KeyTexts.isSet(this.properties.privateKeyFile()) ? this.properties.privateKeyFile() : null;
        if (inline && file != null) {
            throw new EnactStartupException(
                    "Checkpoints can't be signed: " + PREFIX + "private-key and " + PREFIX
                            + "private-key-file are set, and only one of them can count.",
                    "Remove one of the two.");
        }
        try {
            if (inline) {
                return CheckpointSigner.of(
                        this.properties.name(), this.texts.pem(PREFIX + "private-key", String.valueOf(key)));
            }
            return (file != null)
                    ? CheckpointSigner.of(this.properties.name(), this.texts.file(PREFIX + "private-key-file", file))
                    : CheckpointSigner.derivedFrom(this.properties.name(), receipts);
        } catch (IllegalArgumentException | ReceiptFormatException ex) {
            throw new EnactStartupException(
                    "Checkpoints can't be signed: " + ex.getMessage() + ".",
                    "Check " + PREFIX + "name, private-key and private-key-file. A private key is made with: openssl"
                            + " genpkey -algorithm ed25519",
                    ex);
        }
    }

    /** That key with all others. */
    CheckpointKeys keys(CheckpointSigner signer, ReceiptKeys receipts) {
        List<CheckpointKey> keys = new ArrayList<>(List.of(signer.key()));
        for (int i = 0; i < this.properties.verificationKeys().size(); i++) {
            try {
                keys.add(CheckpointKey.parse(this.properties.verificationKeys().get(i)));
            } catch (IllegalArgumentException ex) {
                throw new EnactStartupException(
                        "Checkpoints can't be verified: " + PREFIX + "verification-keys[" + i + "] can't be used. "
                                + ex.getMessage() + ".",
                        "Set it to the verifier key that was handed out with the checkpoints.",
                        ex);
            }
        }
        return CheckpointKeys.derivedFrom(this.properties.name(), receipts, keys);
    }
}
