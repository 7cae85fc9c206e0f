package cloud.enact.receipt;

import cloud.enact.action.RunId;
import java.util.Iterator;
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
 *   <li>What was altered behind the store's back still comes back, with {@link Receipt#damage()} where it can't be
 *       read.
 *   <li>No method returns more than its limit, whatever the store holds; {@link #findByRun} returns at most
 *       {@link #MAX_RUN} entries of {@link #MAX_RUN_BYTES} together and throws beyond, before it holds more.
 * </ol>
 */
public interface ReceiptStore {

    /** Entries one call gives at most. */
    int MAX_LIMIT = 1000;

    /** Entries a run may have to be read as a whole. */
    int MAX_RUN = 100_000;

    /** Bytes the entries of a run may have together to be read as a whole; read, they take several times as much. */
    long MAX_RUN_BYTES = Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 16);

    /**
     * Appends entries of one log, in order.
     *
     * @throws ReceiptStoreException when they could not be made durable; none of them is stored then
     */
    void append(List<Receipt> batch);

    /** Finds one entry. */
    Optional<Receipt> find(String log, long seq);

    /**
     * All entries of a run, in the order they were appended; empty when there are none.
     *
     * @throws RunTooLargeException when there are more than {@link #MAX_RUN}, or of more than {@link #MAX_RUN_BYTES}
     */
    List<Receipt> findByRun(RunId runId);

    /**
     * A page of entries, newest first. A store looks at a bounded number of entries for it: where several conditions
     * leave few of many, the page may have fewer than the limit, even none, and still say where to go on. What is
     * missing from a page was not found by the store's indexes, which are not signed: only {@link #read} shows all.
     *
     * @param filter what to look for
     * @param after where the previous page ended, or {@code null} for the first
     * @param limit at most this many, 1 to 1000
     */
    ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit);

    /** The newest entry that a filter lets through, however many pages it takes to find it. */
    default Optional<Receipt> newest(ReceiptFilter filter) {
        Iterator<Receipt> found = all(filter, 1).iterator();
        return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    }

    /**
     * All entries that a filter lets through, newest first, as {@link #query} finds them: read page by page while
     * somebody goes through them, which throws what {@link #query} throws.
     *
     * @param filter what to look for
     * @param limit entries read at once at most, 1 to 1000
     */
    default Iterable<Receipt> all(ReceiptFilter filter, int limit) {
        return () -> new PagedReceipts(this, filter, limit);
    }

    /** The newest entry of a log. */
    Optional<Receipt> head(String log);

    /** Ids of the logs in this store. */
    List<String> logs();

    /**
     * Entries of one log in ascending sequence.
     *
     * @param fromSeq first place, any number: what somebody put before the first entry must be seen
     * @param limit at most this many, 1 to 1000; a store may give fewer large ones, but not none when there are any
     */
    List<Receipt> read(String log, long fromSeq, int limit);

    /**
     * Decisions that let their call run and were followed by neither an outcome nor a reconciliation, oldest first:
     * calls that run right now, and calls whose outcome was lost. Does not search the whole store.
     *
     * @param after where the previous page ended, or {@code null} for the first
     * @param limit at most this many, 1 to 1000
     */
    List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit);

    /**
     * Whether a process that is alive may write a log: another one, or this one. What has no outcome there may be
     * running. A store that leases no logs does not know, and says no.
     */
    default boolean isLeased(String log) {
        return false;
    }

    /**
     * Checks how many entries a call asks for.
     *
     * @throws IllegalArgumentException when it is none, or more than {@link #MAX_LIMIT}
     */
    static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("The limit must be 1 to " + MAX_LIMIT);
        }
    }

    /**
     * A store that forgets with the JVM, for tests and trials.
     *
     * @param capacity entries it takes; further ones are refused, because a receipt is never dropped
     */
    static ReceiptStore inMemory(int capacity) {
        return new MemoryReceiptStore(capacity);
    }
}
