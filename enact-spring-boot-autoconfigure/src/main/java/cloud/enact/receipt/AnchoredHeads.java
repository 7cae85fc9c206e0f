package cloud.enact.receipt;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Checkpoints of one log from outside the store: sizes and roots in little memory. Not thread-safe while it grows. */
final class AnchoredHeads {

    private static final int START = 4;

    private long[] sizes = new long[START];

    private byte[] roots = new byte[START * MerkleTree.HASH];

    private byte[] sources = new byte[START];

    private int count;

    private boolean sorted = true;

    void add(long size, byte[] root, int source) {
        if (this.count == this.sizes.length) {
            int capacity = this.count * 2;
            this.sizes = Arrays.copyOf(this.sizes, capacity);
            this.roots = Arrays.copyOf(this.roots, capacity * MerkleTree.HASH);
            this.sources = Arrays.copyOf(this.sources, capacity);
        }
        this.sorted &= this.count == 0 || this.sizes[this.count - 1] <= size;
        this.sizes[this.count] = size;
        System.arraycopy(root, 0, this.roots, this.count * MerkleTree.HASH, MerkleTree.HASH);
        this.sources[this.count] = (byte) source;
        this.count++;
    }

    int count() {
        return this.count;
    }

    long size(int index) {
        return this.sizes[index];
    }

    byte[] root(int index) {
        return Arrays.copyOfRange(this.roots, index * MerkleTree.HASH, (index + 1) * MerkleTree.HASH);
    }

    int source(int index) {
        return this.sources[index] & 0xff;
    }

    /** Index of the first of at least a size. */
    int from(long size) {
        int low = 0;
        int high = this.count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (this.sizes[middle] < size) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether this head is among them, as far as that can be told without a look at all of them. */
    boolean has(long size, byte[] root) {
        if (!this.sorted) {
            return false;
        }
        int first = from(size);
        for (int i = first; i < Math.min(this.count, first + START) && this.sizes[i] == size; i++) {
            if (Arrays.equals(root, root(i))) {
                return true;
            }
        }
        return false;
    }

    /** The same in ascending size, each root of a size once. */
    AnchoredHeads inOrder() {
        AnchoredHeads result = new AnchoredHeads();
        IntStream order = IntStream.range(0, this.count);
        int[] indexes = this.sorted
                ? order.toArray()
                : order.boxed()
                        .sorted(Comparator.comparingLong(index -> this.sizes[index]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        for (int index : indexes) {
            byte[] root = root(index);
            if (!result.endsWith(this.sizes[index], root)) {
                result.add(this.sizes[index], root, source(index));
            }
        }
        return result;
    }

    /** The same in order without every other size, but the newest; several roots of one size all stay. */
    AnchoredHeads thinned() {
        AnchoredHeads all = inOrder();
        AnchoredHeads result = new AnchoredHeads();
        boolean keep = false;
        int end;
        for (int start = 0; start < all.count; start = end) {
            end = start + 1;
            while (end < all.count && all.sizes[end] == all.sizes[start]) {
                end++;
            }
            keep = !keep;
            if (keep || end - start > 1 || end == all.count) {
                for (int i = start; i < end; i++) {
                    result.add(all.sizes[i], all.root(i), all.source(i));
                }
            }
        }
        return result;
    }

    private boolean endsWith(long size, byte[] root) {
        // two roots for one size contradict each other, so there are never many
        for (int i = this.count - 1; i >= Math.max(0, this.count - START) && this.sizes[i] == size; i--) {
            if (Arrays.equals(root, root(i))) {
                return true;
            }
        }
        return false;
    }
}
