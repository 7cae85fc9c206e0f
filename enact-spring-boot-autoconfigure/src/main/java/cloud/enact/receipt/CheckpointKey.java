package cloud.enact.receipt;

import cloud.enact.action.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A public key that checkpoints are checked with: an Ed25519 key with a name. Immutable, thread-safe. */
public final class CheckpointKey {

    private static final byte ED25519 = 1;

    /** X.509 of an Ed25519 key (RFC 8410) is this and the 32 bytes of the key. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int MAX_LENGTH = 512;

    private final String name;

    private final int id;

    private final byte[] bytes;

    private final ReceiptVerificationKey key;

    private CheckpointKey(String name, byte[] bytes, PublicKey key) {
        this.name = NoteSignature.requireName(name);
        this.bytes = bytes;
        this.id = id(name, bytes);
        this.key = Ed25519VerificationKey.of(null, key);
    }

    static CheckpointKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new CheckpointKey(name, Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length), key);
    }

    /**
     * Reads a verifier key as other tools write it (C2SP signed-note): {@code name+id+key}.
     *
     * @throws IllegalArgumentException when the text is not one for Ed25519
     */
    public static CheckpointKey parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        byte @Nullable [] typed =
                (parts.length == 3 && vkey.length() <= MAX_LENGTH) ? SignedNote.base64(parts[2]) : null;
        if (typed == null || typed.length != MerkleTree.HASH + 1 || typed[0] != ED25519) {
            throw notAKey(null);
        }
        byte[] bytes = Arrays.copyOfRange(typed, 1, typed.length);
        try {
            CheckpointKey key = new CheckpointKey(parts[0], bytes, Pem.publicKey(concat(X509_PREFIX, bytes)));
            if (key.hexId().equals(parts[1].toLowerCase(Locale.ROOT))) {
                return key;
            }
        } catch (IllegalArgumentException | ReceiptFormatException ex) {
            throw notAKey(ex);
        }
        throw notAKey(null);
    }

    private static IllegalArgumentException notAKey(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "Not a checkpoint key: expected a name, eight hexadecimal digits and Base64 of an Ed25519 key, with plus"
                        + " signs between",
                cause);
    }

    /** First bytes of SHA-256 over name, line feed, type and key. */
    private static int id(String name, byte[] key) {
        MessageDigest digest = Sha256.digest();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(ED25519);
        return ByteBuffer.wrap(digest.digest(key)).getInt();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Name of the key, which stands before the id of a log in the origin of its checkpoints. */
    public String name() {
        return this.name;
    }

    /** What tells keys of one name apart. */
    int id() {
        return this.id;
    }

    private String hexId() {
        return HexFormat.of().toHexDigits(this.id);
    }

    /** Whether this key signed the text. */
    boolean verify(String text, byte[] signature) {
        return this.key.verify(text.getBytes(StandardCharsets.UTF_8), signature);
    }

    /** The key as X.509 {@code PUBLIC KEY} in PEM, as openssl reads it. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(concat(X509_PREFIX, this.bytes))
                + "\n-----END PUBLIC KEY-----\n";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CheckpointKey that
                && this.name.equals(that.name)
                && Arrays.equals(this.bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return this.id;
    }

    /** The verifier key as other tools read it: {@code name+id+key}. */
    @Override
    public String toString() {
        byte[] typed = concat(new byte[] {ED25519}, this.bytes);
        return this.name + "+" + hexId() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
