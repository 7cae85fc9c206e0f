package cloud.enact.receipt.export;

import cloud.enact.receipt.InclusionProof;
import cloud.enact.receipt.ReceiptFormatException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That an entry is in a log, as others check it, too (C2SP tlog-proof): its place, the hashes beside its way up, and the
 * checkpoint they lead to. Nothing here was checked.
 *
 * @param index place of the leaf, from 0 on
 * @param hashes hashes of 32 bytes, from the sibling of the leaf up
 * @param note the checkpoint, a signed note
 */
record TlogProof(long index, List<byte[]> hashes, String note) {

    private static final String VERSION = "c2sp.org/tlog-proof@v1";

    private static final String INDEX = "index ";

    private static final int MAX_HASHES = 64;

    /**
     * Reads a proof.
     *
     * @throws ReceiptFormatException when the text is none; it is not echoed
     */
    static TlogProof parse(String text) {
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw malformed(null);
        }
        String[] lines = text.substring(0, blank).split("\n", MAX_HASHES + 3);
        if (lines.length < 2
                || lines.length > MAX_HASHES + 2
                || !lines[0].equals(VERSION)
                || !lines[1].startsWith(INDEX)) {
            throw malformed(null);
        }
        try {
            List<byte[]> hashes = new ArrayList<>();
            for (int i = 2; i < lines.length; i++) {
                hashes.add(Base64.getDecoder().decode(lines[i]));
            }
            TlogProof proof = new TlogProof(
                    Long.parseLong(lines[1].substring(INDEX.length())), hashes, text.substring(blank + 2));
            // one text only for each proof
            if (proof.toString().equals(text)) {
                return proof;
            }
        } catch (IllegalArgumentException ex) {
            throw malformed(ex);
        }
        throw malformed(null);
    }

    private static ReceiptFormatException malformed(@Nullable Exception cause) {
        return new ReceiptFormatException("An inclusion proof can't be read", cause);
    }

    /**
     * Whether a leaf is where this says, in a tree.
     *
     * @param leaf hash of the leaf
     * @param size how many leaves the tree has
     * @param root its root
     */
    boolean proves(byte[] leaf, long size, byte[] root) {
        try {
            return new InclusionProof(this.index, size, this.hashes).proves(leaf, root);
        } catch (ReceiptFormatException ex) {
            // no tree of this size has such a place
            return false;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(VERSION)
                .append('\n')
                .append(INDEX)
                .append(this.index)
                .append('\n');
        this.hashes.forEach(
                hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text.append('\n').append(this.note).toString();
    }
}
