package cloud.enact.receipt;

import java.util.List;

/**
 * Reads the logs of a store in their order, page by page, for whoever copies them elsewhere. A reader keeps a position
 * per log, and may be stopped at any time. Thread-safe.
 *
 * <p>It reads and does not verify: damaged entries come as they are, see {@link Receipt#damage()}.
 */
public final class LogReader {

    private final ReceiptStore store;

    public LogReader(ReceiptStore store) {
        this.store = store;
    }

    /** Ids of all logs; one that no position is known of is read from its start. */
    public List<String> logs() {
        return this.store.logs();
    }

    /**
     * Entries after a position.
     *
     * @param after where the page before ended, or {@link LogCursor#start}
     * @param limit at most this many, 1 to 1000; there may be fewer although more follow, but not none
     */
    public LogPage read(LogCursor after, int limit) {
        List<Receipt> entries = this.store.read(after.log(), after.seq() + 1, limit);
        if (entries.isEmpty()) {
            return new LogPage(entries, after, isThere(after));
        }
        LogCursor place = after;
        boolean continuous = true;
        for (Receipt entry : entries) {
            continuous &= entry.damage() == null
                    && entry.seq() == place.seq() + 1
                    && entry.header().prev().equals(place.hash());
            place = LogCursor.after(entry);
        }
        return new LogPage(entries, place, continuous);
    }

    private boolean isThere(LogCursor position) {
        return position.seq() == 0
                || this.store
                        .find(position.log(), position.seq())
                        .filter(entry -> LogCursor.after(entry).equals(position))
                        .isPresent();
    }
}
