package cloud.enact.receipt.export;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.MerkleProofs;
import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;

/** Makes proofs that entries are in a log, by reading it up to a checkpoint. Stateless. */
final class InclusionProofs {

    private static final int PAGE = 500;

    private final ReceiptStore store;

    InclusionProofs(ReceiptStore store) {
        this.store = store;
    }

    /** Takes proofs, in the order they were asked for. */
    @FunctionalInterface
    interface Sink {

        void accept(long seq, TlogProof proof) throws IOException;
    }

    /** What reading the log showed. */
    enum Result {
        /** It is what the checkpoint says. */
        PROVEN,
        /** It does not begin with its first entry, as after retention: nothing can be proven from it. */
        CUT,
        /** An entry is missing. */
        INCOMPLETE,
        /** It is not what the checkpoint says: it was bent since, or the checkpoint was. */
        DIFFERENT
    }

    /**
     * Proves entries.
     *
     * @param seqs their places, in ascending order, none beyond the checkpoint; a few thousand at most
     */
    Result prove(Checkpoint checkpoint, Collection<Long> seqs, Sink sink) throws IOException {
        MerkleProofs proofs =
                MerkleProofs.ofInclusion(seqs.stream().map(seq -> seq - 1).toList());
        long next = 1;
        while (next <= checkpoint.size()) {
            List<Receipt> page =
                    this.store.read(checkpoint.log(), next, (int) Math.min(PAGE, checkpoint.size() - next + 1));
            if (page.isEmpty()) {
                return Result.INCOMPLETE;
            }
            for (Receipt receipt : page) {
                if (receipt.seq() != next) {
                    return (next == 1) ? Result.CUT : Result.INCOMPLETE;
                }
                proofs.add(MerkleTree.leaf(receipt.bytes()));
                next++;
            }
        }
        if (!MessageDigest.isEqual(proofs.tree().root(), checkpoint.root())) {
            return Result.DIFFERENT;
        }
        for (long seq : seqs) {
            sink.accept(seq, new TlogProof(seq - 1, proofs.inclusion(seq - 1).hashes(), checkpoint.note()));
        }
        return Result.PROVEN;
    }
}
