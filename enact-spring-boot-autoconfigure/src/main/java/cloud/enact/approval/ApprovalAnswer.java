package cloud.enact.approval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one person said. Immutable.
 *
 * @param approved whether it was a yes
 * @param approver who, such as the address the link was sent to or the name of a user
 * @param channel where it came from, such as {@code email} or {@code console}
 * @param reason why, in the person's own words, or {@code null}
 * @param timestamp when
 */
public record ApprovalAnswer(
        boolean approved,
        String approver,
        String channel,
        @Nullable String reason,
        Instant timestamp) {

    /** Characters of a reason that doors take; what code gives beyond that is cut. */
    public static final int MAX_REASON = 1000;

    public ApprovalAnswer {
        if (approver.isBlank()) {
            throw new IllegalArgumentException("Nobody has answered");
        }
    }
}
