package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Makes proofs while the leaves of a tree come by, in one pass: it keeps the edge of the tree and a few hashes for each
 * proof, whatever the size of the tree. Not thread-safe.
 */
public final class MerkleProofs {

    private final MerkleTree tree = new MerkleTree(this::merged);

    /** By leaf, the hashes on the way up from it, as far as they are known. */
    private final NavigableMap<Long, List<byte[]>> paths = new TreeMap<>();

    private MerkleProofs() {}

    /**
     * Proves that leaves are in the tree.
     *
     * @param indices places of the leaves, from 0 on
     */
    public static MerkleProofs ofInclusion(Collection<Long> indices) {
        MerkleProofs proofs = new MerkleProofs();
        for (long index : indices) {
            if (index < 0) {
                throw new IllegalArgumentException("The places of leaves start at 0");
            }
            proofs.paths.put(index, new ArrayList<>());
        }
        return proofs;
    }

    /** Adds the hash of the next leaf, see {@link MerkleTree#leaf}. */
    public void add(byte[] leaf) {
        this.tree.add(leaf);
    }

    private void merged(long start, long end, byte[] left, byte[] right) {
        long middle = start + (end - start) / 2;
        this.paths.subMap(start, middle).values().forEach(path -> path.add(right));
        this.paths.subMap(middle, end).values().forEach(path -> path.add(left));
    }

    /** The tree so far. */
    public MerkleTree tree() {
        return this.tree;
    }

    /**
     * The proof that a leaf is in the tree so far.
     *
     * @param index one of the places that were asked for, and came by
     */
    public InclusionProof inclusion(long index) {
        List<byte[]> path = this.paths.get(index);
        if (path == null || index >= this.tree.size()) {
            throw new IllegalArgumentException("Nothing was asked for, or came by, at " + index);
        }
        List<byte[]> hashes = new ArrayList<>(path);
        climb(index, hashes);
        return new InclusionProof(index, this.tree.size(), hashes);
    }

    /** Adds what stands beside the complete subtree that holds a leaf, up to the root. */
    private void climb(long leaf, List<byte[]> hashes) {
        long end = 0;
        int subtree = -1;
        for (long rest = this.tree.size(); end <= leaf; rest -= Long.highestOneBit(rest)) {
            end += Long.highestOneBit(rest);
            subtree++;
        }
        if (subtree < this.tree.subtrees() - 1) {
            hashes.add(this.tree.fold(subtree + 1));
        }
        for (int i = subtree - 1; i >= 0; i--) {
            hashes.add(this.tree.subtree(i));
        }
    }
}
