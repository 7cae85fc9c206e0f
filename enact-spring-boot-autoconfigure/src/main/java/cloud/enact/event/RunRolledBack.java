package cloud.enact.event;

import cloud.enact.action.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rollback ended, whatever came of it, and its receipt is durable.
 *
 * @param runId run of the rollback itself
 * @param originalRunId run that was to be undone, or {@code null} where the receipt does not name it
 * @param result such as {@code ROLLED_BACK}, {@code PARTIAL} or {@code REFUSED}
 * @param actor id of who asked for it
 * @param log log of the receipt
 * @param seq place of the receipt
 * @param timestamp when it ended
 */
public record RunRolledBack(
        RunId runId,
        @Nullable RunId originalRunId,
        String result,
        String actor,
        String log,
        long seq,
        Instant timestamp) {}
