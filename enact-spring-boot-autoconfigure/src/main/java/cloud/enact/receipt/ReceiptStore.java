package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps receipts. Append-only: there is no verb for anything else. Thread-safe.
 *
 * <ol>
 *   <li>{@link #append} is atomic, and durable when it returns.
 *   <li>Bytes come back exactly as they were appended.
 *   <li>A second entry with the same log and sequence is refused.
 *   <li>An append does not take part in the caller's transaction.
 * </ol>
 */
public interface ReceiptStore {

    /**
     * Appends entries of one log, in order.
     *
     * @throws ReceiptStoreException when they could not be made durable; none of them is stored then
     */
    void append(List<Receipt> batch);

    /** Finds one entry. */
    Optional<Receipt> find(String log, long seq);

    /** All entries of a run, in the order they were appended; empty when there are none. */
    List<Receipt> findByRun(RunId runId);

    /**
     * A page of entries, newest first.
     *
     * @param filter what to look for
     * @param after where the previous page ended, or {@code null} for the first
     * @param limit at most this many, 1 to 1000
     */
    ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit);

    /** The newest entry of a log. */
    Optional<Receipt> head(String log);

    /** Ids of the logs in this store. */
    List<String> logs();

    /** Entries of one log in ascending sequence, at most {@code limit}, from {@code fromSeq} on. */
    List<Receipt> read(String log, long fromSeq, int limit);
}
