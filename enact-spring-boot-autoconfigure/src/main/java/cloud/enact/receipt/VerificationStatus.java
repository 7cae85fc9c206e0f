package cloud.enact.receipt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the verification in the background is doing.
 *
 * @param passes passes that ended since the start
 * @param entries entries that were verified in all of them
 * @param last the newest pass that ended, or {@code null} before
 * @param lastFull when the newest pass over everything ended, or {@code null} before
 * @param lastError why the newest pass could not be made, or {@code null} when it could
 */
public record VerificationStatus(
        long passes,
        long entries,
        @Nullable VerificationReport last,
        @Nullable Instant lastFull,
        @Nullable String lastError) {

    /** What is wrong, in a sentence, or {@code null} when the newest pass found nothing. */
    public @Nullable String problem() {
        return (this.last != null && !this.last.verification().valid())
                ? this.last.verification().summary()
                : null;
    }
}
