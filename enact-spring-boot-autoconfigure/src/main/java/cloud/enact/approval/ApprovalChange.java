package cloud.enact.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is about to become of a request. It is kept before it is put on record and counts after that, so that no crash
 * leaves an answer that counts without a record of it, or a record of what nobody knows any more. Immutable.
 *
 * @param id names it where it is put on record
 * @param since when that began
 * @param next the state it leads to
 * @param answer the answer it comes from, or {@code null} for an end without one
 */
public record ApprovalChange(
        UUID id,
        Instant since,
        ApprovalState next,
        @Nullable ApprovalAnswer answer) {}
