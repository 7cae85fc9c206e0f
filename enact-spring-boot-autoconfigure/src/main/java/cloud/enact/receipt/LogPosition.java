package cloud.enact.receipt;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far a log was checked, and what is needed to go on from there. Not thread-safe. */
final class LogPosition {

    private final String log;

    private final KeyTrail trail;

    private final @Nullable MerkleTree tree;

    private long next;

    private @Nullable String lastHash;

    private Exposure compared = Exposure.none();

    private LogPosition(String log, KeyTrail trail, @Nullable MerkleTree tree, long next, @Nullable String lastHash) {
        this.log = log;
        this.trail = trail;
        this.tree = tree;
        this.next = next;
        this.lastHash = lastHash;
    }

    /** Before the first entry. */
    static LogPosition start(String log, ReceiptKeys keys) {
        return new LogPosition(log, new KeyTrail(keys), new MerkleTree(), 1, null);
    }

    /**
     * In the middle of a log, with nothing known of all that is before.
     *
     * @param trail knows the key in force
     * @param next the first place to look at
     * @param previous the entry before it, or {@code null} when it is missing
     */
    static LogPosition at(String log, KeyTrail trail, long next, @Nullable Receipt previous) {
        return new LogPosition(log, trail, null, next, EntryCheck.hash(previous));
    }

    /** Behind what was pruned, of which the tree is known. */
    static LogPosition behind(PrunedEntries pruned, KeyTrail trail) {
        return new LogPosition(pruned.log(), trail, pruned.tree().copy(), pruned.lastSeq() + 1, pruned.lastHash());
    }

    /** The same place, to go on from it another time. */
    LogPosition copy() {
        LogPosition copy = new LogPosition(
                this.log, this.trail.copy(), (this.tree != null) ? this.tree.copy() : null, this.next, this.lastHash);
        copy.compared = this.compared;
        return copy;
    }

    String log() {
        return this.log;
    }

    KeyTrail trail() {
        return this.trail;
    }

    /** Over all entries before {@link #next}, or {@code null} when those are not known. */
    @Nullable
    MerkleTree tree() {
        return this.tree;
    }

    /** The next place. */
    long next() {
        return this.next;
    }

    /** Hash of the entry before it, or {@code null} when that is not there. */
    @Nullable
    String lastHash() {
        return this.lastHash;
    }

    /** The same, of a log that was checked to here from its beginning. */
    String hashOfLast() {
        return Objects.requireNonNull(this.lastHash);
    }

    /** The tree, of a log that was checked to here from its beginning. */
    MerkleTree treeOfAll() {
        return Objects.requireNonNull(this.tree);
    }

    /** What was compared before it. */
    Exposure compared() {
        return this.compared;
    }

    void compared(Exposure compared) {
        this.compared = compared;
    }

    void moveBehind(Receipt entry) {
        this.lastHash = EntryCheck.hash(entry);
        this.next = (entry.seq() < Long.MAX_VALUE) ? entry.seq() + 1 : Long.MAX_VALUE;
    }
}
