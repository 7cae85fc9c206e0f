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

    /** Subtrees to prove, by their first leaf. */
    private final NavigableMap<Long, List<Path>> paths = new TreeMap<>();

    private MerkleProofs() {}

    /** The hashes on the way up from a subtree, as far as they are known. */
    private record Path(long start, long end, List<byte[]> hashes) {

        private long length() {
            return this.end - this.start;
        }
    }

    /**
     * Proves that leaves are in the tree.
     *
     * @param indices places of the leaves, from 0 on
     */
    public static MerkleProofs ofInclusion(Collection<Long> indices) {
        MerkleProofs proofs = new MerkleProofs();
        indices.stream().distinct().forEach(index -> proofs.track(index, index + 1));
        return proofs;
    }

    /**
     * Proves that the tree goes on from earlier ones.
     *
     * @param sizes how many leaves the earlier trees had
     */
    public static MerkleProofs ofConsistency(Collection<Long> sizes) {
        MerkleProofs proofs = new MerkleProofs();
        sizes.stream()
                .distinct()
                .filter(size -> size > 0)
                .forEach(size -> proofs.track(size - Long.lowestOneBit(size), size));
        return proofs;
    }

    private void track(long start, long end) {
        if (start < 0) {
            throw new IllegalArgumentException("The places of leaves start at 0");
        }
        this.paths.computeIfAbsent(start, key -> new ArrayList<>(1)).add(new Path(start, end, new ArrayList<>()));
    }

    /** Adds the hash of the next leaf, see {@link MerkleTree#leaf}. */
    public void add(byte[] leaf) {
        long index = this.tree.size();
        this.tree.add(leaf);
        for (Path path : this.paths.getOrDefault(index, List.of())) {
            if (path.length() == 1) {
                // a proof of consistency starts with the last subtree of the earlier tree itself
                path.hashes().add(0, leaf.clone());
            }
        }
    }

    private void merged(long start, long end, byte[] left, byte[] right, byte[] parent) {
        long middle = start + (end - start) / 2;
        for (List<Path> group : this.paths.subMap(start, end).values()) {
            for (Path path : group) {
                if (path.length() < end - start) {
                    path.hashes().add(path.start() < middle ? right : left);
                } else if (path.length() == end - start && path.start() == start) {
                    path.hashes().add(0, parent);
                }
            }
        }
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
        Path path = path(index, index + 1);
        List<byte[]> hashes =
                new ArrayList<>(path.hashes().subList(1, path.hashes().size()));
        climb(index, hashes);
        return new InclusionProof(index, this.tree.size(), hashes);
    }

    /**
     * The proof that the tree so far goes on from an earlier one.
     *
     * @param size one of the sizes that were asked for, and came by
     */
    public ConsistencyProof consistency(long size) {
        List<byte[]> hashes = new ArrayList<>();
        if (size > 0 && size < this.tree.size()) {
            Path path = path(size - Long.lowestOneBit(size), size);
            boolean whole = path.start() == 0;
            hashes.addAll(path.hashes().subList(whole ? 1 : 0, path.hashes().size()));
            climb(path.start(), hashes);
        }
        return new ConsistencyProof(size, this.tree.size(), hashes);
    }

    private Path path(long start, long end) {
        return this.paths.getOrDefault(start, List.of()).stream()
                .filter(path -> path.end() == end && end <= this.tree.size())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nothing was asked for, or came by, at " + start));
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
