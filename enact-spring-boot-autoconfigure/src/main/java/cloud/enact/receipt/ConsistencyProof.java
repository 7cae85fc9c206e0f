package cloud.enact.receipt;

import cloud.enact.undo.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Hashes that prove that a Merkle tree begins with all leaves of an earlier one (RFC 6962 section 2.1.2). Immutable.
 *
 * @param first how many leaves the earlier tree has
 * @param second how many leaves the later tree has
 * @param hashes 32 bytes each, in the order of the RFC
 */
public record ConsistencyProof(long first, long second, List<byte[]> hashes) {

    public ConsistencyProof {
        if (first < 0 || first > second) {
            throw new ReceiptFormatException("A tree of " + second + " leaves does not go on from " + first, null);
        }
        hashes = InclusionProof.copy(hashes);
    }

    /** Whether the tree with the second root goes on from the tree with the first. */
    public boolean proves(byte[] firstRoot, byte[] secondRoot) {
        if (this.first == 0) {
            return this.hashes.isEmpty() && MessageDigest.isEqual(firstRoot, new MerkleTree().root());
        }
        if (this.first == this.second) {
            return this.hashes.isEmpty() && MessageDigest.isEqual(firstRoot, secondRoot);
        }
        List<byte[]> path = new ArrayList<>(this.hashes);
        if (Long.bitCount(this.first) == 1) {
            // the earlier tree is a subtree of the later one, so its root is where the proof starts
            path.add(0, firstRoot);
        }
        return !path.isEmpty() && proves(path, firstRoot, secondRoot);
    }

    private boolean proves(List<byte[]> path, byte[] firstRoot, byte[] secondRoot) {
        MessageDigest digest = Sha256.digest();
        int start = Long.numberOfTrailingZeros(this.first);
        long node = (this.first - 1) >>> start;
        long last = (this.second - 1) >>> start;
        byte[] earlier = path.get(0);
        byte[] later = path.get(0);
        for (byte[] sibling : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                earlier = MerkleTree.node(digest, sibling, earlier);
                later = MerkleTree.node(digest, sibling, later);
                int levels = Math.min(Long.numberOfTrailingZeros(node), Long.SIZE - 1);
                node >>>= levels;
                last >>>= levels;
            } else {
                later = MerkleTree.node(digest, later, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && MessageDigest.isEqual(earlier, firstRoot) && MessageDigest.isEqual(later, secondRoot);
    }
}
