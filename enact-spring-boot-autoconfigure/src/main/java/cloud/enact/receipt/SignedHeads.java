package cloud.enact.receipt;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signed heads of logs that a verification compares entries with: those the store keeps, and those remembered outside
 * of it. Immutable, thread-safe.
 */
public final class SignedHeads {

    private final CheckpointKeys keys;

    private final @Nullable CheckpointStore store;

    private final Anchors anchors;

    private SignedHeads(CheckpointKeys keys, @Nullable CheckpointStore store, Anchors anchors) {
        this.keys = keys;
        this.store = store;
        this.anchors = anchors;
    }

    /** Nothing to compare with: that entries were cut off does not show. */
    public static SignedHeads none() {
        return new SignedHeads(CheckpointKeys.of(Set.of()), null, Anchors.none());
    }

    /**
     * Heads from the store, as far as it keeps any.
     *
     * @param keys check their signatures; without a key they say nothing and are left alone
     * @param store keeps them if it is a {@link CheckpointStore}
     */
    public static SignedHeads of(CheckpointKeys keys, ReceiptStore store) {
        boolean kept = store instanceof CheckpointStore && !keys.keys().isEmpty();
        return new SignedHeads(keys, kept ? (CheckpointStore) store : null, Anchors.none());
    }

    /** Heads from outside the store. */
    public static SignedHeads of(Anchors anchors) {
        return new SignedHeads(CheckpointKeys.of(Set.of()), null, anchors);
    }

    /** These, and heads from outside the store instead of those there were. */
    public SignedHeads with(Anchors anchors) {
        return new SignedHeads(this.keys, this.store, anchors);
    }

    Anchors anchors() {
        return this.anchors;
    }

    /** Largest size of a log that any of them says, believed or not, or 0. */
    long newest(String log) {
        long stored = (this.store != null)
                ? this.store.newest(log).map(saved -> saved.checkpoint().size()).orElse(0L)
                : 0;
        return Math.max(stored, this.anchors.newest(log));
    }

    /** Up to where a log is covered: by a head outside the store where any is known, else by one in it. */
    long covered(String log) {
        return this.anchors.logs().isEmpty() ? newest(log) : this.anchors.newest(log);
    }

    /** Whether there may be a head of this log. */
    boolean mayKnow(String log) {
        return this.store != null || this.anchors.knows(log);
    }

    /**
     * Begins to compare a log.
     *
     * @param position where, with a tree over all entries before it
     * @param seen what the log was seen to be before, or {@code null}
     */
    HeadCheck check(LogPosition position, MerkleTree tree, @Nullable SeenLog seen, Findings findings) {
        StoredHeads stored = (this.store != null)
                ? new StoredHeads(position.log(), this.store, this.keys, tree.size() + 1, findings)
                : null;
        return new HeadCheck(position, tree, stored, this.anchors, seen, findings);
    }

    /** Begins to compare a log from its first entry on. */
    HeadCheck check(String log, Findings findings) {
        MerkleTree tree = new MerkleTree();
        // keys are none of its business
        LogPosition position = LogPosition.start(log, ReceiptKeys.forVerification(Set.of()));
        return check(position, tree, null, findings);
    }
}
