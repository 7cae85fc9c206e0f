package cloud.enact.rollback;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A wish to undo a run.
 *
 * @param runId the run
 * @param actor who asks
 * @param claimedActor whom an unauthenticated field named, recorded as a claim only; or {@code null}
 * @param reason why, for the receipt; or {@code null}
 * @param skip positions of steps to leave as they are
 * @param force positions of steps to restore even over later changes
 */
public record RollbackRequest(
        RunId runId,
        Actor actor,
        @Nullable String claimedActor,
        @Nullable String reason,
        Set<Long> skip,
        Set<Long> force) {

    /** Characters of a list of positions: enough for ten thousand of them. */
    private static final int MAX_POSITIONS = 200_000;

    public RollbackRequest {
        skip = Set.copyOf(skip);
        force = Set.copyOf(force);
    }

    /**
     * Reads positions from text that somebody typed or sent.
     *
     * @param text positions with commas between them; {@code null} or blank for none
     * @throws IllegalArgumentException for anything else; the text is not echoed
     */
    public static Set<Long> positions(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Set.of();
        }
        if (text.length() > MAX_POSITIONS) {
            throw new IllegalArgumentException("Too many positions at once; skip or force fewer steps");
        }
        Set<Long> positions = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            try {
                positions.add(Long.valueOf(part.trim()));
            } catch (NumberFormatException ex) {
                throw new IllegalArgumentException("Positions are whole numbers with commas between them, such as 3,7");
            }
        }
        return positions;
    }

    /** A request without exceptions for any step. */
    public static RollbackRequest of(RunId runId, Actor actor, @Nullable String reason) {
        return new RollbackRequest(runId, actor, null, reason, Set.of(), Set.of());
    }
}
