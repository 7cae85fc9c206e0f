package cloud.enact.receipt;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A signed head of a log: whoever has one can tell later that the log was cut, put back to an earlier day, or signed
 * anew. Immutable.
 *
 * @param log id of the log
 * @param size how many entries it had
 * @param root Merkle tree hash (RFC 6962) over the exact bytes of these entries, 32 bytes
 * @param timestamp when it was made
 * @param note the signed note (C2SP signed-note, tlog-checkpoint) that says all this
 */
public record Checkpoint(String log, long size, byte[] root, Instant timestamp, String note) {

    public Checkpoint {
        root = root.clone();
    }

    /**
     * A checkpoint as a store keeps it, for stores. Nothing was checked: {@link CheckpointKeys#open} reads the note
     * again. Of a note that is none, or of another log or size, only the note counts.
     *
     * @param log log under which the store keeps it
     * @param size size under which the store keeps it
     * @param note what it keeps
     */
    public static Checkpoint stored(String log, long size, String note) {
        try {
            CheckpointText text = CheckpointText.parse(SignedNote.parse(note).text());
            if (text.log().equals(log) && text.size() == size) {
                return text.checkpoint(note);
            }
            return unreadable(log, size, note);
        } catch (ReceiptFormatException ex) {
            return unreadable(log, size, note);
        }
    }

    private static Checkpoint unreadable(String log, long size, String note) {
        return new Checkpoint(log, size, new byte[MerkleTree.HASH], Instant.EPOCH, note);
    }

    @Override
    public byte[] root() {
        return this.root.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Checkpoint that && this.note.equals(that.note);
    }

    @Override
    public int hashCode() {
        return this.note.hashCode();
    }

    /** Place and hash. */
    @Override
    public String toString() {
        return this.log + "/" + this.size + " " + HexFormat.of().formatHex(Arrays.copyOf(this.root, 8));
    }
}
