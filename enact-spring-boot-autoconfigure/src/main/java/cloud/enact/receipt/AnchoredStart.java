package cloud.enact.receipt;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Compares the end of a log with what places outside its store remember, before anything is added to it. A store that
 * was put back to an earlier day agrees with itself; who writes on from there makes two histories of one log.
 */
public final class AnchoredStart {

    private static final Log logger = LogFactory.getLog(AnchoredStart.class);

    private final String log;

    private final CheckpointKeys keys;

    private final long entries;

    private final Optional<Checkpoint> newest;

    private AnchoredStart(String log, ReceiptStore store, CheckpointKeys keys) {
        this.log = log;
        this.keys = keys;
        this.entries = store.head(log).map(Receipt::seq).orElse(0L);
        this.newest = (store instanceof CheckpointStore checkpoints)
                ? checkpoints.newest(log).map(CheckpointStore.Saved::checkpoint)
                : Optional.empty();
    }

    /**
     * Checks that no place remembers more of a log than there is. What is remembered of less is left to a verification;
     * a place that can't be read is told and passed over.
     *
     * @throws CheckpointMismatchException when the log is not what a place remembers
     * @throws ReceiptStoreException when the store can't be read
     */
    public static void requireAgreement(
            ReceiptStore store, String log, CheckpointKeys keys, List<? extends AnchorSource> sources) {
        if (sources.isEmpty()) {
            return;
        }
        AnchoredStart start = new AnchoredStart(log, store, keys);
        sources.forEach(start::compare);
    }

    private void compare(AnchorSource source) {
        Anchors anchors;
        try {
            anchors = Anchors.read(List.of(source), this.keys, this::comparedUpTo);
        } catch (ReceiptStoreException | ReceiptFormatException ex) {
            logger.warn("Receipt log " + this.log + " goes on without a look at the checkpoints in " + source.name()
                    + ", so it would not show if an old backup of the receipts was restored: " + ex.getMessage());
            return;
        }
        AnchoredHeads heads = anchors.of(this.log);
        if (heads == null) {
            return;
        }
        if (anchors.newest(this.log) > this.entries) {
            throw new CheckpointMismatchException(
                    "Receipt log " + this.log + " has " + this.entries + " entries, and a checkpoint in "
                            + source.name() + " says " + anchors.newest(this.log)
                            + ": it was cut, or an old backup was restored.",
                    null);
        }
        this.newest.ifPresent(kept -> requireSame(kept, heads, source));
    }

    /** Who wrote the checkpoints in the store anew can't do so elsewhere. */
    private void requireSame(Checkpoint kept, AnchoredHeads heads, AnchorSource source) {
        for (int i = heads.from(kept.size()); i < heads.count() && heads.size(i) == kept.size(); i++) {
            if (!Arrays.equals(heads.root(i), kept.root())) {
                throw new CheckpointMismatchException(
                        "Receipt log " + this.log + " has another history than a checkpoint of " + kept.size()
                                + " entries in " + source.name() + " stands for.",
                        null);
            }
        }
    }

    /** Signatures cost time, so only of those that can tell something they are checked. */
    private long comparedUpTo(String each) {
        if (!each.equals(this.log)) {
            return Long.MAX_VALUE;
        }
        return this.newest
                .map(Checkpoint::size)
                .filter(size -> size <= this.entries)
                .map(size -> size - 1)
                .orElse(this.entries);
    }
}
