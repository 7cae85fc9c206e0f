package cloud.enact.receipt;

import cloud.enact.action.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing Merkle tree (RFC 6962, RFC 9162) of which only the right edge is kept: a few hashes, whatever its size. Not
 * thread-safe.
 */
public final class MerkleTree {

    /** Bytes of a hash. */
    public static final int HASH = 32;

    private final MessageDigest digest = Sha256.digest();

    private final @Nullable Merges merges;

    /** Roots of the complete subtrees, largest first: one for each bit of the size. */
    private byte[][] edge = new byte[Long.SIZE][];

    private int depth;

    private long size;

    public MerkleTree() {
        this((Merges) null);
    }

    MerkleTree(@Nullable Merges merges) {
        this.merges = merges;
    }

    private MerkleTree(MerkleTree other) {
        this.merges = null;
        this.edge = other.edge.clone();
        this.depth = other.depth;
        this.size = other.size;
    }

    /** Hears of each complete subtree. */
    interface Merges {

        /** Two subtrees became one of the leaves from {@code start} to before {@code end}. */
        void merged(long start, long end, byte[] left, byte[] right);
    }

    /**
     * The tree of which an edge was kept.
     *
     * @param size how many leaves it had
     * @param range what {@link #range()} gave then
     * @throws ReceiptFormatException when no tree of this size has such an edge
     */
    public static MerkleTree of(long size, byte[] range) {
        int subtrees = Long.bitCount(size);
        if (size < 0 || range.length != subtrees * HASH) {
            throw new ReceiptFormatException(
                    "The edge of a Merkle tree of " + size + " leaves has not " + range.length + " bytes", null);
        }
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < subtrees; i++) {
            tree.edge[i] = Arrays.copyOfRange(range, i * HASH, (i + 1) * HASH);
        }
        tree.depth = subtrees;
        tree.size = size;
        return tree;
    }

    /** Hash of a leaf: SHA-256 over a zero byte and the exact bytes of the entry. */
    public static byte[] leaf(byte[] entry) {
        return leaf(Sha256.digest(), entry);
    }

    private static byte[] leaf(MessageDigest digest, byte[] entry) {
        digest.update((byte) 0);
        return digest.digest(entry);
    }

    /** Hash of a node: SHA-256 over a one byte and both children. */
    static byte[] node(MessageDigest digest, byte[] left, byte[] right) {
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }

    /** Adds an entry behind the others, as a leaf over its exact bytes. */
    public void append(byte[] entry) {
        add(leaf(this.digest, entry));
    }

    /** Adds a leaf of which the hash is known. */
    public void add(byte[] leaf) {
        if (leaf.length != HASH) {
            throw new IllegalArgumentException("The hash of a leaf has " + HASH + " bytes");
        }
        byte[] hash = leaf.clone();
        long end = this.size + 1;
        long length = 1;
        for (long rest = this.size; (rest & 1) == 1; rest >>>= 1) {
            byte[] left = this.edge[--this.depth];
            length <<= 1;
            if (this.merges != null) {
                this.merges.merged(end - length, end, left, hash);
            }
            hash = node(this.digest, left, hash);
        }
        this.edge[this.depth++] = hash;
        this.size = end;
    }

    /** How many leaves it has. */
    public long size() {
        return this.size;
    }

    /** Its root hash; of the empty tree, that of no bytes. */
    public byte[] root() {
        return (this.depth > 0) ? fold(0) : Sha256.of(new byte[0]);
    }

    /** Hash over all subtrees from one on. */
    byte[] fold(int from) {
        byte[] hash = this.edge[this.depth - 1];
        for (int i = this.depth - 2; i >= from; i--) {
            hash = node(this.digest, this.edge[i], hash);
        }
        return hash.clone();
    }

    /** How many complete subtrees it consists of. */
    int subtrees() {
        return this.depth;
    }

    byte[] subtree(int index) {
        return this.edge[index];
    }

    /** Its right edge: roots of its complete subtrees, 32 bytes each, largest first. */
    public byte[] range() {
        byte[] range = new byte[this.depth * HASH];
        for (int i = 0; i < this.depth; i++) {
            System.arraycopy(this.edge[i], 0, range, i * HASH, HASH);
        }
        return range;
    }

    /** This tree as it is now, to grow on its own. */
    public MerkleTree copy() {
        return new MerkleTree(this);
    }
}
