package cloud.enact.receipt;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints of one log as the store keeps them, in ascending size, page by page. One that nobody known signed, or
 * that says another thing than the store does, is a finding and passed over. Not thread-safe.
 */
final class StoredHeads {

    private static final int PAGE = 500;

    private static final int MAX_FORGED = 1000;

    private final String log;

    private final CheckpointStore store;

    private final CheckpointKeys keys;

    private final Findings findings;

    private final Deque<Checkpoint> page = new ArrayDeque<>();

    private long from;

    private boolean ended;

    private int forged;

    private boolean toldUnknown;

    StoredHeads(String log, CheckpointStore store, CheckpointKeys keys, long from, Findings findings) {
        this.log = log;
        this.store = store;
        this.keys = keys;
        this.from = from;
        this.findings = findings;
    }

    /** The next one, or {@code null} when there are no more. */
    @Nullable
    Checkpoint next() {
        while (true) {
            Checkpoint next = this.page.poll();
            if (next != null && isGenuine(next)) {
                return next;
            }
            if (next == null && !turn()) {
                return null;
            }
        }
    }

    private boolean turn() {
        if (this.ended) {
            return false;
        }
        List<Checkpoint> found = this.store.checkpoints(this.log, this.from, PAGE);
        long last = this.from - 1;
        for (Checkpoint checkpoint : found) {
            if (checkpoint.size() < this.from || checkpoint.size() < last) {
                forged(checkpoint, "it does not stand where its size belongs");
            } else {
                this.page.add(checkpoint);
                last = checkpoint.size();
            }
        }
        this.ended |= found.isEmpty() || last < this.from || last == Long.MAX_VALUE;
        this.from = last + 1;
        return !this.page.isEmpty();
    }

    private boolean isGenuine(Checkpoint kept) {
        try {
            Checkpoint signed = this.keys.open(kept.note());
            if (signed.log().equals(this.log)
                    && kept.log().equals(this.log)
                    && signed.size() == kept.size()
                    && Arrays.equals(signed.root(), kept.root())) {
                return true;
            }
            forged(kept, "its note is signed for another log, size or root");
        } catch (CheckpointSignatureException ex) {
            if (ex.isUnknownKey()) {
                unknown(kept);
            } else {
                forged(kept, String.valueOf(ex.getMessage()));
            }
        } catch (ReceiptFormatException ex) {
            forged(kept, String.valueOf(ex.getMessage()));
        }
        return false;
    }

    private void unknown(Checkpoint checkpoint) {
        if (!this.toldUnknown) {
            this.toldUnknown = true;
            this.findings.add(
                    this.log,
                    checkpoint.size(),
                    VerificationState.UNKNOWN_KEY,
                    "the store's checkpoint of this size is signed with a key that is not known here; add it to the"
                            + " verification keys of checkpoints");
        }
    }

    private void forged(Checkpoint checkpoint, String detail) {
        if (++this.forged >= MAX_FORGED) {
            // each costs the check of a signature, and enough is known
            this.ended = true;
            this.page.clear();
        }
        this.findings.add(
                this.log,
                checkpoint.size(),
                VerificationState.FORGED_CHECKPOINT,
                "the store's checkpoint of this size can't be believed: " + detail);
    }
}
