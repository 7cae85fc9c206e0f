package cloud.enact.receipt;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the checkpoints of a log are doing.
 *
 * @param key public key that they are signed with, as a verifier key
 * @param entries entries the log has
 * @param size entries of the newest checkpoint, 0 when there is none
 * @param timestamp when the newest was made, or {@code null}
 * @param lastError why none can be made at the moment, or {@code null}
 * @param anchors what each sink remembers
 */
public record CheckpointState(
        String key,
        long entries,
        long size,
        @Nullable Instant timestamp,
        @Nullable String lastError,
        List<Anchor> anchors) {

    public CheckpointState {
        anchors = List.copyOf(anchors);
    }

    /**
     * What one sink remembers. Entries that it does not answer for could be cut off unnoticed by it.
     *
     * @param sink name of the sink
     * @param size entries of the newest checkpoint it took since the start, 0 when there is none
     * @param timestamp when it took that, or {@code null}
     * @param exposed entries it does not answer for
     * @param exposedSince since when there are such entries, or {@code null} when there are none
     * @param failures how often it refused since the start
     * @param lastError what was wrong the last time, or {@code null} when it took that
     */
    public record Anchor(
            String sink,
            long size,
            @Nullable Instant timestamp,
            long exposed,
            @Nullable Instant exposedSince,
            long failures,
            @Nullable String lastError) {}
}
