package cloud.enact.receipt;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The chain of receipts this application writes: the only way to add one. Thread-safe.
 *
 * <p>A draft is masked and written on the calling thread; place, signature and durability come from the log.
 */
public interface ReceiptLog extends AutoCloseable {

    /**
     * Signs, chains and stores.
     *
     * @return the receipt, durable
     * @throws ReceiptStoreException when it could not be made durable; nothing was acknowledged then. The message says
     *     when it is unknown whether it was stored
     * @throws IllegalArgumentException when the id of an action is not a version 7 UUID
     */
    Receipt append(ReceiptDraft draft);

    /** Id of this log. */
    String id();

    /** How this log is doing. */
    default ReceiptLogState state() {
        return ReceiptLogState.idle();
    }

    /** Stores what was handed over, then refuses. Does nothing the second time. */
    @Override
    void close();

    /**
     * A log that appends on the calling thread, one at a time; for stores that don't wait for a disk.
     *
     * @param id id of the log; only this writer may use it
     * @param store where receipts are kept
     * @param keys sign them, and let the log go on where a former key signed last
     * @param masking takes secrets out of them
     * @param clock tells when an append failed
     */
    static ReceiptLog direct(String id, ReceiptStore store, ReceiptKeys keys, Masking masking, Clock clock) {
        return new DirectReceiptLog(id, store, keys, masking, clock);
    }

    /** As above, with one key that never changed. */
    static ReceiptLog direct(String id, ReceiptStore store, ReceiptSigner signer, Masking masking, Clock clock) {
        return direct(id, store, ReceiptKeys.of(signer), masking, clock);
    }

    /**
     * A log that appends on a thread of its own, many entries in one commit; for stores that wait for a disk. Callers
     * wait until their entry is durable, or until the deadline.
     *
     * @param id id of the log; only this writer may use it
     * @param store where receipts are kept
     * @param keys sign them, and let the log go on where a former key signed last
     * @param masking takes secrets out of them
     * @param options how entries gather
     * @param clock tells when an append failed
     */
    static ReceiptLog groupCommit(
            String id, ReceiptStore store, ReceiptKeys keys, Masking masking, ReceiptLogOptions options, Clock clock) {
        return new GroupCommitReceiptLog(id, store, keys, masking, options, null, clock);
    }

    /**
     * As above, and signs for its head now and then.
     *
     * @param checkpoints how; they are saved in the store when that is a {@link CheckpointStore}
     * @throws CheckpointMismatchException when the log is not what its newest checkpoint says
     * @throws ReceiptStoreException when the store can't be read
     */
    static ReceiptLog groupCommit(
            String id,
            ReceiptStore store,
            ReceiptKeys keys,
            Masking masking,
            ReceiptLogOptions options,
            CheckpointOptions checkpoints,
            Clock clock) {
        return new GroupCommitReceiptLog(id, store, keys, masking, options, checkpoints, clock);
    }

    /** As above, with one key that never changed. */
    static ReceiptLog groupCommit(
            String id,
            ReceiptStore store,
            ReceiptSigner signer,
            Masking masking,
            ReceiptLogOptions options,
            Clock clock) {
        return groupCommit(id, store, ReceiptKeys.of(signer), masking, options, clock);
    }

    /**
     * This log, with a readable JSON file per run in a folder: written after the receipt is durable, on a thread of its
     * own, at the latest when the log is closed. A file that can't be written is a warning and counted in
     * {@link #state()}, never an exception.
     *
     * @param folder made for the owner alone when it is missing
     * @param store where this log keeps its receipts
     * @param keys check them
     * @throws ReceiptStoreException when the folder can't be made
     */
    default ReceiptLog withRunFiles(Path folder, ReceiptStore store, ReceiptKeys keys) {
        return new RunFilesReceiptLog(this, new RunFiles(folder, new ReceiptVerifier(store, keys)));
    }

    /**
     * This log, refusing decisions that let a call run while something is wrong with what was recorded before. What was
     * decided already still gets its outcome, and a refusal is still recorded.
     *
     * @param problem says what is wrong, or {@code null}
     */
    default ReceiptLog guardedBy(Supplier<@Nullable String> problem) {
        return new GuardedReceiptLog(this, problem);
    }

    /**
     * This log, telling listeners of each append.
     *
     * @param listeners asked for at each append; empty for none
     */
    default ReceiptLog toldTo(Supplier<List<AppendListener>> listeners) {
        return new ListenedReceiptLog(this, listeners);
    }
}
