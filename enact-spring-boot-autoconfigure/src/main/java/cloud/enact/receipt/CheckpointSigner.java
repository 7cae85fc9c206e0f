package cloud.enact.receipt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.List;

/** Signs checkpoints with Ed25519, whatever the receipts themselves are signed with. Immutable, thread-safe. */
public final class CheckpointSigner {

    /** Name of the key where nobody gives it one. */
    public static final String DEFAULT_NAME = "enact.cloud/receipts";

    private static final String PURPOSE = "enact/checkpoint/v1";

    private final PrivateKey privateKey;

    private final CheckpointKey key;

    private CheckpointSigner(String name, PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.key = CheckpointKey.of(name, publicKey);
    }

    /**
     * Signs with a key of its own.
     *
     * @param name name of the key, such as {@code example.com/billing}; without spaces and plus signs
     * @param privateKeyPem PKCS#8 {@code PRIVATE KEY} in PEM
     * @throws IllegalArgumentException when the text is not such a key; it is not echoed
     */
    public static CheckpointSigner of(String name, String privateKeyPem) {
        PrivateKey privateKey = Pem.privateKey(privateKeyPem);
        return new CheckpointSigner(name, privateKey, Ed25519Signer.publicKey(seed(privateKey)));
    }

    /**
     * Signs with a key derived from the one that signs receipts: the same for every process that has that.
     *
     * @param name name of the key
     * @param signer its secret bytes are the seed
     */
    public static CheckpointSigner derivedFrom(String name, ReceiptSigner signer) {
        byte[] seed = signer.derive(PURPOSE);
        try {
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            return new CheckpointSigner(name, privateKey, Ed25519Signer.publicKey(seed));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This JVM can't make Ed25519 keys", ex);
        }
    }

    private static byte[] seed(PrivateKey key) {
        return ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The Ed25519 key does not give its bytes; configure it as PKCS#8 in PEM"));
    }

    /** The public half, for whoever checks. */
    public CheckpointKey key() {
        return this.key;
    }

    /**
     * Signs the head of a log.
     *
     * @param log id of the log
     * @param size how many entries it has
     * @param root Merkle tree hash over them
     * @param timestamp now
     */
    public Checkpoint sign(String log, long size, byte[] root, Instant timestamp) {
        Instant time = Timestamps.normal(timestamp);
        CheckpointText text = new CheckpointText(this.key.name() + "/" + log, size, root, time);
        NoteSignature signature = new NoteSignature(this.key.name(), this.key.id(), sign(text.toString()));
        return text.checkpoint(new SignedNote(text.toString(), List.of(signature)).toString());
    }

    private byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(this.privateKey);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This JVM can't sign with the Ed25519 key", ex);
        }
    }

    /** The public half. */
    @Override
    public String toString() {
        return "CheckpointSigner[" + this.key + "]";
    }
}
