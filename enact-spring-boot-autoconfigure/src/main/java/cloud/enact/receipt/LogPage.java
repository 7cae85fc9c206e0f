package cloud.enact.receipt;

import java.util.List;

/**
 * Entries of one log in their order.
 *
 * @param entries the entries; empty when there is nothing new
 * @param next where the next page starts
 * @param continuous whether the log still holds what was read before, and these entries follow it; if not, the log was
 *     altered or the store put back to an earlier day
 */
public record LogPage(List<Receipt> entries, LogCursor next, boolean continuous) {

    public LogPage {
        entries = List.copyOf(entries);
    }
}
