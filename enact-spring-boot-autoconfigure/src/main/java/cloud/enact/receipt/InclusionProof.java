package cloud.enact.receipt;

import cloud.enact.action.Sha256;
import java.security.MessageDigest;
import java.util.List;

/**
 * Hashes that prove that a leaf is in a Merkle tree (RFC 6962 section 2.1.1). Immutable.
 *
 * @param index place of the leaf, from 0 on: one less than the {@code seq} of an entry
 * @param size how many leaves the tree has
 * @param hashes 32 bytes each, from the sibling of the leaf up to the child of the root
 */
public record InclusionProof(long index, long size, List<byte[]> hashes) {

    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new ReceiptFormatException("No tree of " + size + " leaves has a leaf " + index, null);
        }
        hashes = copy(hashes);
    }

    private static List<byte[]> copy(List<byte[]> hashes) {
        if (hashes.size() > Long.SIZE || hashes.stream().anyMatch(hash -> hash.length != MerkleTree.HASH)) {
            throw new ReceiptFormatException("A proof has at most 64 hashes of 32 bytes", null);
        }
        return hashes.stream().map(byte[]::clone).toList();
    }

    /** Whether the leaf is in the tree with this root. */
    public boolean proves(byte[] leaf, byte[] root) {
        MessageDigest digest = Sha256.digest();
        long node = this.index;
        long last = this.size - 1;
        byte[] hash = leaf;
        for (byte[] sibling : this.hashes) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = MerkleTree.node(digest, sibling, hash);
                // a last node without a sibling is its own parent
                int levels = Math.min(Long.numberOfTrailingZeros(node), Long.SIZE - 1);
                node >>>= levels;
                last >>>= levels;
            } else {
                hash = MerkleTree.node(digest, hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && MessageDigest.isEqual(hash, root);
    }
}
