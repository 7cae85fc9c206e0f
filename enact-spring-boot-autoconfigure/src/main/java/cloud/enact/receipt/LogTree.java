package cloud.enact.receipt;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Merkle tree over a log. The appender adds what it stored; what it did not see, from an earlier process or an
 * append of unknown fate, is read from the store and verified. Thread-safe; the appender never waits for the store here.
 */
final class LogTree {

    /** Leaves that are remembered while the tree is behind, so that it can catch up with a busy appender. */
    private static final int RECENT = 8192;

    private final String log;

    private final ReceiptVerifier verifier;

    /** A tree made anew must have its root at its size. */
    private final @Nullable Checkpoint witness;

    private MerkleTree tree;

    /** Whether the tree has all entries the appender stored. */
    private boolean complete;

    /** Hashes of the newest leaves while it has not. */
    private final Deque<byte[]> recent = new ArrayDeque<>();

    /** Place of the newest of these. */
    private long newest;

    private @Nullable String problem;

    LogTree(String log, SavedTree saved, ReceiptVerifier verifier) {
        this.log = log;
        this.tree = saved.tree();
        this.witness = saved.newest();
        this.verifier = verifier;
    }

    /** Adds entries that are durable. */
    void added(List<Receipt> receipts) {
        List<byte[]> leaves = receipts.stream().map(Receipt::leaf).toList();
        add(receipts.get(0).seq(), leaves);
    }

    private synchronized void add(long first, List<byte[]> leaves) {
        if (this.complete && this.tree.size() + 1 == first) {
            leaves.forEach(this.tree::add);
            return;
        }
        this.complete = false;
        if (first != this.newest + 1) {
            this.recent.clear();
        }
        this.recent.addAll(leaves);
        this.newest = first + leaves.size() - 1;
        while (this.recent.size() > RECENT) {
            this.recent.removeFirst();
        }
    }

    /**
     * The tree as it is now, with everything that was added.
     *
     * @throws ReceiptStoreException when the store can't be read, or what it holds can't be signed for
     */
    MerkleTree current() {
        MerkleTree read = copy();
        while (!isComplete()) {
            if (this.problem != null) {
                throw new ReceiptStoreException(this.problem, null);
            }
            long before = read.size();
            read(read);
            if (!install(read) && read.size() == before) {
                throw broken("entries after " + before + " are missing");
            }
        }
        return copy();
    }

    private synchronized MerkleTree copy() {
        return this.tree.copy();
    }

    private synchronized boolean isComplete() {
        return this.complete;
    }

    /** Adds what the store has behind a tree. Nobody signs for what does not verify. */
    private void read(MerkleTree read) {
        Verification found = this.verifier.verifyLog(this.log, read.size() + 1, entry -> {
            if (entry.seq() == read.size() + 1) {
                read.add(entry.leaf());
                requireWitness(read);
            }
        });
        if (found.problemCount() > 0) {
            VerificationProblem first = found.problems().get(0);
            throw broken("entry " + first.seq() + ": " + first.detail());
        }
    }

    private void requireWitness(MerkleTree read) {
        if (this.witness != null
                && this.witness.size() == read.size()
                && !MessageDigest.isEqual(this.witness.root(), read.root())) {
            throw broken("its entries are not those of the checkpoint at " + read.size());
        }
    }

    /** What does not verify now won't do so later; looking again would cost as much each time. */
    private ReceiptStoreException broken(String what) {
        this.problem = "No checkpoint is made of receipt log " + this.log + ": " + what
                + ". Verify the log; keep the store as evidence if it was tampered with";
        return new ReceiptStoreException(this.problem, null);
    }

    /** Takes a tree that was read, with what was added meanwhile, unless there is a gap between. */
    private synchronized boolean install(MerkleTree read) {
        long place = this.newest - this.recent.size() + 1;
        if (!this.recent.isEmpty() && place > read.size() + 1) {
            return false;
        }
        for (byte[] leaf : this.recent) {
            if (place == read.size() + 1) {
                read.add(leaf);
            }
            place++;
        }
        this.tree = read.copy();
        this.recent.clear();
        this.complete = true;
        return true;
    }
}
