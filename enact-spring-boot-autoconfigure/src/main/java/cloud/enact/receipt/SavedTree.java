package cloud.enact.receipt;

import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a log goes on with its checkpoints.
 *
 * @param tree the tree of the newest checkpoint; the empty one when it must be made from the first entry on
 * @param newest newest checkpoint, which a tree made anew must agree with
 * @param entries entries in the log
 */
record SavedTree(MerkleTree tree, @Nullable Checkpoint newest, long entries) {

    /**
     * Reads what was saved last.
     *
     * @param keys keys that checkpoints were signed with; one of an unknown key counts only if the log agrees with it
     * @throws CheckpointMismatchException when the log is not what the checkpoint says
     * @throws ReceiptStoreException when the store can't be read
     */
    static SavedTree load(String log, ReceiptStore store, CheckpointKeys keys) {
        long entries = store.head(log).map(Receipt::seq).orElse(0L);
        Optional<CheckpointStore.Saved> saved =
                (store instanceof CheckpointStore checkpoints) ? checkpoints.newest(log) : Optional.empty();
        if (saved.isEmpty()) {
            return new SavedTree(new MerkleTree(), null, entries);
        }
        Checkpoint newest = saved.get().checkpoint();
        boolean known = isSigned(newest, keys);
        if (entries < newest.size()) {
            throw new CheckpointMismatchException(
                    "Receipt log " + log + " has " + entries + " entries, and its checkpoint of " + newest.timestamp()
                            + " says " + newest.size() + ": it was cut.",
                    null);
        }
        return new SavedTree(known ? tree(newest, saved.get().range()) : new MerkleTree(), newest, entries);
    }

    /** Whether a key signed it that is known here. */
    private static boolean isSigned(Checkpoint newest, CheckpointKeys keys) {
        try {
            Checkpoint opened = keys.open(newest.note());
            if (opened.log().equals(newest.log()) && opened.size() == newest.size()) {
                return true;
            }
        } catch (CheckpointSignatureException ex) {
            if (ex.isUnknownKey()) {
                return false;
            }
            throw altered(newest, ex);
        } catch (ReceiptFormatException ex) {
            throw altered(newest, ex);
        }
        throw altered(newest, null);
    }

    private static CheckpointMismatchException altered(Checkpoint newest, @Nullable Exception cause) {
        return new CheckpointMismatchException(
                "The newest checkpoint of receipt log " + newest.log() + ", at " + newest.size()
                        + " entries, is not what was signed: the store was tampered with.",
                cause);
    }

    /** The tree of an edge that has the signed root; else the empty one, because nobody signed the edge. */
    private static MerkleTree tree(Checkpoint newest, byte[] range) {
        try {
            MerkleTree tree = MerkleTree.of(newest.size(), range);
            return MessageDigest.isEqual(tree.root(), newest.root()) ? tree : new MerkleTree();
        } catch (ReceiptFormatException ex) {
            // an edge that is none is made again from the entries, as one with another root is
            return new MerkleTree();
        }
    }
}
