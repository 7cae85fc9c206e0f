package cloud.enact.receipt;

import java.time.Instant;

/**
 * Where a page ended: the key of its last entry.
 *
 * @param timestamp time of that entry
 * @param log its log
 * @param seq its sequence
 */
public record ReceiptCursor(Instant timestamp, String log, long seq) {}
