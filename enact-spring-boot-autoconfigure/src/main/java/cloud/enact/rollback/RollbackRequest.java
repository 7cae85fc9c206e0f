package cloud.enact.rollback;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import java.util.Set;
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

    public RollbackRequest {
        skip = Set.copyOf(skip);
        force = Set.copyOf(force);
    }

    public static RollbackRequest of(RunId runId, Actor actor, @Nullable String reason) {
        return new RollbackRequest(runId, actor, null, reason, Set.of(), Set.of());
    }
}
