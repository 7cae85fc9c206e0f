package cloud.enact.event;

import java.time.Instant;

/**
 * The verification in the background found receipts that are not what was signed, or are missing.
 *
 * @param problems how many problems it found
 * @param timestamp when the pass ended
 */
public record ReceiptVerificationFailed(long problems, Instant timestamp) {}
