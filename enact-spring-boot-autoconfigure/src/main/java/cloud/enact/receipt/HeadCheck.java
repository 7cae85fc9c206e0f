package cloud.enact.receipt;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compares a log, entry by entry, with the heads that were signed of it. The root of a head covers all entries up to
 * it, so the first that differs says all there is to say: later ones differ as well. Not thread-safe.
 */
final class HeadCheck {

    private final String log;

    private final MerkleTree tree;

    private final @Nullable StoredHeads stored;

    private final @Nullable AnchoredHeads anchored;

    private final Anchors anchors;

    private final @Nullable SeenLog seen;

    private final Findings findings;

    private final Exposure before;

    private @Nullable Checkpoint nextStored;

    private int nextAnchor;

    private boolean comparing = true;

    private long checkpointCount;

    private long anchorCount;

    private long exposed;

    private @Nullable Instant exposedSince;

    HeadCheck(
            LogPosition position,
            MerkleTree tree,
            @Nullable StoredHeads stored,
            Anchors anchors,
            @Nullable SeenLog seen,
            Findings findings) {
        this.log = position.log();
        this.before = position.compared();
        this.tree = tree;
        this.stored = stored;
        this.anchors = anchors;
        this.anchored = anchors.of(this.log);
        this.seen = seen;
        this.findings = findings;
        this.nextStored = (stored != null) ? stored.next() : null;
        this.nextAnchor = (this.anchored != null) ? this.anchored.from(tree.size() + 1) : 0;
        sayWhatContradictsItself();
    }

    /** Heads of one size and several roots: somebody was shown another log. */
    private void sayWhatContradictsItself() {
        AnchoredHeads heads = this.anchored;
        if (heads == null) {
            return;
        }
        for (int i = this.nextAnchor + 1; i < heads.count(); i++) {
            if (heads.size(i) == heads.size(i - 1)) {
                this.findings.add(
                        this.log,
                        heads.size(i),
                        VerificationState.SPLIT_VIEW,
                        "two signed checkpoints of this size contradict each other, in "
                                + this.anchors.source(heads.source(i - 1)) + " and "
                                + this.anchors.source(heads.source(i))
                                + ": different histories were shown to different readers");
                return;
            }
        }
    }

    /** The tree over all entries shown so far. */
    MerkleTree tree() {
        return this.tree;
    }

    /**
     * The next entry in place, whatever is wrong with it.
     *
     * @return the strongest head that agrees with the entries up to this one
     */
    Agreement entry(Receipt entry) {
        this.tree.append(entry.bytes());
        this.exposed++;
        if (this.exposedSince == null && entry.damage() == null) {
            this.exposedSince = entry.timestamp();
        }
        if (!this.comparing) {
            return Agreement.NONE;
        }
        Agreement agreement = Agreement.NONE;
        long size = this.tree.size();
        byte @Nullable [] root = null;
        if (this.seen != null && this.seen.size() == size) {
            root = this.tree.root();
            if (!agrees(this.seen.root(), root, "memory of this process, which verified them before,")) {
                return Agreement.NONE;
            }
        }
        while (this.nextStored != null && this.stored != null && this.nextStored.size() <= size) {
            root = (root != null) ? root : this.tree.root();
            if (!agrees(this.nextStored.root(), root, "the checkpoint in the store")) {
                return Agreement.NONE;
            }
            agreement = Agreement.CHECKPOINT;
            this.checkpointCount++;
            this.nextStored = this.stored.next();
        }
        AnchoredHeads heads = this.anchored;
        while (heads != null && this.nextAnchor < heads.count() && heads.size(this.nextAnchor) <= size) {
            root = (root != null) ? root : this.tree.root();
            String source = this.anchors.source(heads.source(this.nextAnchor));
            if (!agrees(heads.root(this.nextAnchor), root, "the checkpoint in " + source)) {
                return Agreement.NONE;
            }
            agreement = Agreement.ANCHOR;
            this.anchorCount++;
            this.exposed = 0;
            this.exposedSince = null;
            this.nextAnchor++;
        }
        return agreement;
    }

    /** Which heads agree with the entries up to a place. */
    enum Agreement {
        /** There is none of this size. */
        NONE,
        /** One in the store. */
        CHECKPOINT,
        /** One outside the store. */
        ANCHOR
    }

    private boolean agrees(byte[] signed, byte[] root, String place) {
        if (Arrays.equals(signed, root)) {
            return true;
        }
        this.comparing = false;
        this.findings.add(
                this.log,
                this.tree.size(),
                VerificationState.OTHER_HISTORY,
                "the entries up to this one are not those that " + place
                        + " stands for: history was changed, and signed anew or put back to an earlier day");
        return false;
    }

    /** An entry is missing: what follows can't agree, and that was said. */
    void gap() {
        this.comparing = false;
    }

    /** Whether a head says that there are more entries. */
    boolean expectsMore() {
        AnchoredHeads heads = this.anchored;
        return (this.nextStored != null && this.nextStored.size() > this.tree.size())
                || (this.seen != null && this.seen.size() > this.tree.size())
                || (heads != null && heads.count() > 0 && heads.size(heads.count() - 1) > this.tree.size());
    }

    /**
     * The log ended: heads of more entries say that it was cut.
     *
     * @param found gets that
     */
    void end(Findings found) {
        if (this.nextStored != null && this.stored != null) {
            for (Checkpoint next = this.stored.next(); next != null; next = this.stored.next()) {
                this.nextStored = next;
            }
            cut(this.nextStored.size(), "the newest checkpoint in the store", found);
        }
        if (this.seen != null) {
            cut(this.seen.size(), "this process, which verified it before,", found);
        }
        AnchoredHeads heads = this.anchored;
        if (heads != null && heads.count() > 0) {
            int newest = heads.count() - 1;
            cut(heads.size(newest), "the newest checkpoint in " + this.anchors.source(heads.source(newest)), found);
        }
    }

    /** What was compared so far. */
    Exposure exposure() {
        return new Exposure(
                this.before.checkpoints() + this.checkpointCount,
                this.before.anchors() + this.anchorCount,
                this.exposed,
                this.exposedSince);
    }

    private void cut(long size, String place, Findings found) {
        long there = this.tree.size();
        if (size > there) {
            found.add(
                    this.log,
                    there + 1,
                    VerificationState.CUT,
                    "the log was cut: " + place + " says it had " + size + " entries, there "
                            + ((there == 1) ? "is " : "are ") + there);
        }
    }
}
