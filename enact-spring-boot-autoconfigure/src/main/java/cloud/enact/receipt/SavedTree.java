package cloud.enact.receipt;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a log goes on with its checkpoints.
 *
 * @param tree the tree of the newest checkpoint; that of the beginning when it must be made from the entries
 * @param newest newest checkpoint, which a tree made anew must agree with
 * @param entries entries in the log
 */
record SavedTree(MerkleTree tree, @Nullable Checkpoint newest, long entries) {

    /**
     * Reads what was saved last.
     *
     * @param receiptKeys check what retention says of the beginning of the log
     * @param keys keys that checkpoints were signed with
     * @param own the one that signs now: a checkpoint of a former key, which may have got into other hands, and one of an
     *     unknown key count only if the log agrees with them
     * @throws CheckpointMismatchException when the log is not what the checkpoint says
     * @throws ReceiptStoreException when the store can't be read
     */
    static SavedTree load(
            String log, ReceiptStore store, ReceiptKeys receiptKeys, CheckpointKeys keys, CheckpointKey own) {
        long entries = store.head(log).map(Receipt::seq).orElse(0L);
        Optional<CheckpointStore.Saved> saved =
                (store instanceof CheckpointStore checkpoints) ? checkpoints.newest(log) : Optional.empty();
        if (saved.isEmpty()) {
            return new SavedTree(beginning(store, receiptKeys, log), null, entries);
        }
        Checkpoint newest = saved.get().checkpoint();
        boolean believed = isSigned(newest, keys) && isSigned(newest, CheckpointKeys.of(Set.of(own)));
        if (entries < newest.size()) {
            throw new CheckpointMismatchException(
                    "Receipt log " + log + " has " + entries + " entries, and its checkpoint of " + newest.timestamp()
                            + " says " + newest.size() + ": it was cut.",
                    null);
        }
        Optional<MerkleTree> tree = believed ? tree(newest, saved.get().range()) : Optional.empty();
        return new SavedTree(tree.orElseGet(() -> beginning(store, receiptKeys, log)), newest, entries);
    }

    /** The tree from which all others can be made: the empty one, or that of what retention removed. */
    private static MerkleTree beginning(ReceiptStore store, ReceiptKeys keys, String log) {
        return PrunedEntries.beginning(store, keys, log).treeOfAll();
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

    /** The tree of an edge that has the signed root; nobody signed the edge itself. */
    private static Optional<MerkleTree> tree(Checkpoint newest, byte[] range) {
        try {
            MerkleTree tree = MerkleTree.of(newest.size(), range);
            return MessageDigest.isEqual(tree.root(), newest.root()) ? Optional.of(tree) : Optional.empty();
        } catch (ReceiptFormatException ex) {
            // an edge that is none is made again from the entries, as one with another root is
            return Optional.empty();
        }
    }
}
