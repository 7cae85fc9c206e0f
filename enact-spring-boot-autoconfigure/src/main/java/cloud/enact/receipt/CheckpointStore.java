package cloud.enact.receipt;

import java.util.List;
import java.util.Optional;

/**
 * Keeps checkpoints beside the receipts they speak of. Append-only. Thread-safe.
 *
 * <ol>
 *   <li>{@link #save} is durable when it returns; the same checkpoint again is a no-op.
 *   <li>A log has one checkpoint of each size; another one of that size is refused.
 *   <li>Notes and edges come back exactly as they were saved.
 *   <li>What was altered behind the store's back still comes back, see {@link Checkpoint#stored}.
 *   <li>No method returns more than its limit, whatever the store holds.
 * </ol>
 */
public interface CheckpointStore {

    /**
     * Keeps a checkpoint.
     *
     * @param range right edge of the Merkle tree at that size, 32 bytes per subtree, largest first: the log goes on
     *     from it without reading what is before
     * @throws ReceiptStoreException when it could not be kept, or another one of this log and size is
     */
    void save(Checkpoint checkpoint, byte[] range);

    /** The newest checkpoint of a log, with what {@link #save} was given. */
    Optional<Saved> newest(String log);

    /**
     * Checkpoints of one log in ascending size.
     *
     * @param fromSize least size
     * @param limit at most this many, 1 to 1000
     */
    List<Checkpoint> checkpoints(String log, long fromSize, int limit);

    /**
     * A checkpoint as it was kept.
     *
     * @param checkpoint the checkpoint
     * @param range right edge of the Merkle tree; not signed, so it counts only if it has the checkpoint's root
     */
    record Saved(Checkpoint checkpoint, byte[] range) {

        public Saved {
            range = range.clone();
        }

        @Override
        public byte[] range() {
            return this.range.clone();
        }
    }
}
