package cloud.enact.receipt.export;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.export.TrustedKeys.Signed;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Whole logs next to their checkpoints: the tree over all receipts must have the root that was signed. */
final class WholeLogs implements Inclusion {

    private final Map<String, TreeMap<Long, Signed>> checkpoints = new HashMap<>();

    private final Map<String, Growing> logs = new HashMap<>();

    WholeLogs(Collection<Signed> checkpoints) {
        for (Signed signed : checkpoints) {
            this.checkpoints
                    .computeIfAbsent(signed.checkpoint().log(), log -> new TreeMap<>())
                    // of two at one size, the key that was named counts
                    .merge(signed.checkpoint().size(), signed, (one, other) -> one.named() ? one : other);
        }
    }

    private static final class Growing {

        /** Whether its beginning is not here, so that its tree can't be made; whether that may be says the chain. */
        private final boolean cut;

        private final MerkleTree tree = new MerkleTree();

        private boolean gap;

        private long waiting;

        private long lastWaiting;

        private Growing(boolean cut) {
            this.cut = cut;
        }
    }

    @Override
    public Found of(Receipt receipt, Findings findings) {
        TreeMap<Long, Signed> expected = this.checkpoints.get(receipt.log());
        if (expected == null) {
            return Found.NONE;
        }
        Growing log = this.logs.computeIfAbsent(receipt.log(), name -> new Growing(receipt.seq() > 1));
        if (log.cut) {
            return Found.LATER;
        }
        if (!log.gap && receipt.seq() == log.tree.size() + 1) {
            settle(receipt.log(), log, expected, findings);
            log.tree.append(receipt.bytes());
        } else {
            // what stands elsewhere is a problem that the chain shows
            log.gap = true;
        }
        return Found.LATER;
    }

    @Override
    public void unsigned(Receipt receipt) {
        Growing log = this.logs.computeIfAbsent(receipt.log(), name -> new Growing(receipt.seq() > 1));
        log.waiting++;
        log.lastWaiting = receipt.seq();
    }

    /** Compares the tree with the checkpoint of its size. */
    private static void settle(String name, Growing log, TreeMap<Long, Signed> expected, Findings findings) {
        Signed signed = expected.remove(log.tree.size());
        if (signed == null) {
            return;
        }
        Checkpoint checkpoint = signed.checkpoint();
        if (MessageDigest.isEqual(log.tree.root(), checkpoint.root())) {
            findings.included(log.waiting, signed.named());
            log.waiting = 0;
        } else {
            findings.problem(
                    name,
                    checkpoint.size(),
                    VerificationState.BROKEN_CHAIN,
                    "the log up to here is not the one whose checkpoint was signed: it was bent since");
        }
    }

    @Override
    public void end(Findings findings) {
        this.logs.forEach((name, log) -> {
            TreeMap<Long, Signed> expected = this.checkpoints.getOrDefault(name, new TreeMap<>());
            if (log.cut) {
                this.checkpoints.remove(name);
            } else {
                settle(name, log, expected, findings);
            }
            if (log.waiting > 0) {
                findings.problem(
                        name,
                        log.lastWaiting,
                        VerificationState.UNKNOWN_KEY,
                        log.waiting + " entries up to here are signed with a key that is not known, and no checkpoint"
                                + " after them proves them");
            }
        });
        this.checkpoints.forEach((name, left) -> left.keySet().stream()
                .filter(size -> size > 0)
                .forEach(size -> findings.problem(
                        name,
                        size,
                        VerificationState.MISSING,
                        "a checkpoint was signed when the log had " + size
                                + " entries, and it can't be compared: entries are missing")));
    }
}
