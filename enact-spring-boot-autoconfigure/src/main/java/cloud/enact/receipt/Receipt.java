package cloud.enact.receipt;

import cloud.enact.action.RunId;
import cloud.enact.action.Sha256;
import cloud.enact.policy.EnactMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A signed record of one thing that happened: its exact bytes, and what they say. Immutable. */
public final class Receipt {

    private final ReceiptHeader header;

    private final byte[] bytes;

    private final @Nullable String damage;

    Receipt(ReceiptHeader header, byte[] bytes, @Nullable String damage) {
        this.header = header;
        this.bytes = bytes;
        this.damage = damage;
    }

    /**
     * Reads an entry; its signature is not checked, see {@link ReceiptVerifier}.
     *
     * @param bytes exactly what was stored
     * @throws ReceiptFormatException when the bytes are not canonical JSON, or a field is missing, unknown or wrong
     */
    public static Receipt parse(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Receipt(ReceiptReader.read(copy), copy, null);
    }

    /**
     * Reads an entry as a store keeps it, for stores. What can't be read or stands in the wrong place still comes
     * back, as a receipt with {@link #damage()}: evidence of tampering must be shown, not lost in an exception.
     *
     * @param log log under which the store keeps it
     * @param seq place under which the store keeps it
     * @param bytes what it keeps
     */
    public static Receipt stored(String log, long seq, byte[] bytes) {
        byte[] copy = bytes.clone();
        try {
            ReceiptHeader header = ReceiptReader.read(copy);
            if (header.log().equals(log) && header.seq() == seq) {
                return new Receipt(header, copy, null);
            }
            return new Receipt(header.at(log, seq), copy, "it names another log or place than it is kept at");
        } catch (ReceiptFormatException ex) {
            return new Receipt(ReceiptHeader.unreadable(log, seq), copy, ex.getMessage());
        }
    }

    /** The same entry with a remark that the store found it damaged in a further way, such as a wrong index. */
    public Receipt damaged(String reason) {
        return new Receipt(this.header, this.bytes, (this.damage != null) ? this.damage : reason);
    }

    /** Id of the log it belongs to. */
    public String log() {
        return this.header.log();
    }

    /** Place in the log, from 1 on. */
    public long seq() {
        return this.header.seq();
    }

    public ReceiptKind kind() {
        return this.header.kind();
    }

    public RunId runId() {
        return this.header.runId();
    }

    public UUID actionId() {
        return this.header.actionId();
    }

    public Instant timestamp() {
        return this.header.timestamp();
    }

    public String action() {
        return this.header.action();
    }

    /** Id of the actor. */
    public String actor() {
        return this.header.actor();
    }

    public @Nullable String decision() {
        return this.header.decision();
    }

    /** Mode that held for the decision, or {@code null} for a receipt without. */
    public @Nullable EnactMode mode() {
        return this.header.mode();
    }

    /** Run that was rolled back, or {@code null} for a receipt of anything else. */
    public @Nullable RunId originalRunId() {
        return this.header.originalRunId();
    }

    /** System that was acted on. */
    public String system() {
        return this.header.system();
    }

    /** Name of the run, or {@code null} for a run without. */
    public @Nullable String workflow() {
        return this.header.workflow();
    }

    /** Names of the policies that said ASK or BLOCK. */
    public Set<String> objectors() {
        return this.header.objectors();
    }

    /** Id of the key that it says it is signed with. */
    public String kid() {
        return this.header.kid();
    }

    /** The signature as the entry carries it, base64url without padding. */
    public String signature() {
        return this.header.signature();
    }

    /** Whether this is a decision after which the call ran: PASS, or any while observing. */
    public boolean letsRun() {
        return kind() == ReceiptKind.DECIDED && ("PASS".equals(decision()) || mode() == EnactMode.OBSERVE);
    }

    /** Why the entry can't be what was appended; {@code null} for all that can be read. */
    public @Nullable String damage() {
        return this.damage;
    }

    /** How many bytes are stored. */
    public int size() {
        return this.bytes.length;
    }

    /** A copy of the exact bytes that are stored, hashed into the next receipt, and signed but for the signature. */
    public byte[] bytes() {
        return this.bytes.clone();
    }

    /**
     * Everything the bytes say, as JSON-like values; read anew on each call.
     *
     * @throws ReceiptFormatException when the entry is damaged beyond reading
     */
    @SuppressWarnings("unchecked") // an entry that could be read is an object
    public Map<String, @Nullable Object> fields() {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(CanonicalJson.parse(this.bytes));
    }

    /** SHA-256 of the exact bytes, which the next entry carries as {@code prev}. */
    byte[] hash() {
        return Sha256.of(this.bytes);
    }

    /** Hash of the entry as a leaf of the {@link MerkleTree} over its log. */
    public byte[] leaf() {
        return MerkleTree.leaf(this.bytes);
    }

    /** The bytes that were signed: all but the member {@code signature}, cut out rather than written again. */
    byte[] signedBytes() {
        int start = this.header.signatureStart();
        int end = this.header.signatureEnd();
        byte[] signed = Arrays.copyOf(this.bytes, this.bytes.length - (end - start));
        System.arraycopy(this.bytes, end, signed, start, this.bytes.length - end);
        return signed;
    }

    ReceiptHeader header() {
        return this.header;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Receipt that && Arrays.equals(this.bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(this.bytes);
    }

    /** Place, kind and run; never content. */
    @Override
    public String toString() {
        return kind() + " " + log() + "/" + seq() + " of run " + runId();
    }
}
