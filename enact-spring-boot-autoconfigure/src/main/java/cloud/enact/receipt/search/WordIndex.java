package cloud.enact.receipt.search;

import cloud.enact.receipt.ReceiptCursor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the words of receipts are kept, beside the log and never in it. It may be thrown away at any time, and is not
 * signed: what it finds is read and checked again. Thread-safe; several processes may fill the same one.
 */
public interface WordIndex {

    /** How far a log has been read. */
    Optional<Place> reached(String log);

    /**
     * Adds entries of one log and remembers the last of them, all of it or nothing. Does nothing when the log has been
     * read to another place meanwhile, or the index was cleared: what is before these entries would be missing.
     *
     * @param reached how far the log had been read when these entries were, 0 for not at all
     * @param entries in ascending order, at least one
     */
    void add(long reached, List<Entry> entries);

    /** Forgets everything. */
    void clear();

    /**
     * Entries that have all these words, newest first.
     *
     * @param words as {@link Words} gives them: letters and digits only
     * @param since not before, or {@code null}
     * @param until before, or {@code null}
     * @param after where the previous page ended, or {@code null} for the first
     * @param limit at most this many
     */
    List<ReceiptCursor> find(
            Set<String> words,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable ReceiptCursor after,
            int limit);

    /**
     * A place in a log.
     *
     * @param key log, sequence and time of its entry
     * @param signature of its entry, by which another entry at the same place is told apart
     */
    record Place(ReceiptCursor key, String signature) {}

    /**
     * An entry and what it says.
     *
     * @param place where it stands
     * @param words may be none
     */
    record Entry(Place place, Set<String> words) {}
}
