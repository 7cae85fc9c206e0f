package cloud.enact.rollback;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.undo.UndoChoices;
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
 * @param skipRows tables and rows to leave as they are where somebody changed them, named as a preview names them
 * @param forceRows tables and rows to restore even over later changes
 */
public record RollbackRequest(
        RunId runId,
        Actor actor,
        @Nullable String claimedActor,
        @Nullable String reason,
        Set<Long> skip,
        Set<Long> force,
        Set<String> skipRows,
        Set<String> forceRows) {

    public RollbackRequest {
        skip = Set.copyOf(skip);
        force = Set.copyOf(force);
        skipRows = Set.copyOf(skipRows);
        forceRows = Set.copyOf(forceRows);
    }

    /** A request with exceptions for whole steps only. */
    public RollbackRequest(
            RunId runId,
            Actor actor,
            @Nullable String claimedActor,
            @Nullable String reason,
            Set<Long> skip,
            Set<Long> force) {
        this(runId, actor, claimedActor, reason, skip, force, Set.of(), Set.of());
    }

    /** A request with what somebody selected. */
    public RollbackRequest(
            RunId runId,
            Actor actor,
            @Nullable String claimedActor,
            @Nullable String reason,
            Selection skip,
            Selection force) {
        this(runId, actor, claimedActor, reason, skip.steps(), force.steps(), skip.rows(), force.rows());
    }

    /** What was decided about what stands in the way. */
    UndoChoices choices() {
        return new UndoChoices(this.force, this.forceRows, this.skipRows);
    }

    /** A request without exceptions for any step. */
    public static RollbackRequest of(RunId runId, Actor actor, @Nullable String reason) {
        return new RollbackRequest(runId, actor, null, reason, Set.of(), Set.of());
    }
}
