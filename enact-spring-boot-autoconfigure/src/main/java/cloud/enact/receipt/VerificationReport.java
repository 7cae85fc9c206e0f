package cloud.enact.receipt;

import java.time.Instant;

/**
 * What one pass of the {@link VerificationWatch} found.
 *
 * @param full whether every log was verified from its first entry on
 * @param started when the pass began
 * @param ended when it ended
 * @param verification what it found
 */
public record VerificationReport(boolean full, Instant started, Instant ended, Verification verification) {}
