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
 * @param only positions of the steps to undo; empty for all
 * @param skip what to leave as it is
 * @param force what to restore even over later changes
 */
public record RollbackRequest(
        RunId runId,
        Actor actor,
        @Nullable String claimedActor,
        @Nullable String reason,
        Set<Long> only,
        Selection skip,
        Selection force) {

    public RollbackRequest {
        only = Set.copyOf(only);
    }

    /** A request to undo all of a run; the methods below narrow it. */
    public static RollbackRequest of(RunId runId, Actor actor, @Nullable String reason) {
        return new RollbackRequest(runId, actor, null, reason, Set.of(), Selection.none(), Selection.none());
    }

    /** The same, with whom an unauthenticated field named. */
    public RollbackRequest claimedBy(@Nullable String claimedActor) {
        return new RollbackRequest(this.runId, this.actor, claimedActor, this.reason, this.only, this.skip, this.force);
    }

    /**
     * The same for these steps only.
     *
     * @throws IllegalArgumentException when there are none: whoever names no step does not mean all of them
     */
    public RollbackRequest only(Set<Long> positions) {
        if (positions.isEmpty()) {
            throw new IllegalArgumentException("Name the steps to undo, such as 3,7; to undo all, leave 'only' out");
        }
        return new RollbackRequest(
                this.runId, this.actor, this.claimedActor, this.reason, positions, this.skip, this.force);
    }

    /** The same for these steps only. */
    public RollbackRequest only(Long... positions) {
        return only(Set.of(positions));
    }

    /**
     * The same for the steps that a list such as {@code 3,7} names.
     *
     * @param positions the list, or {@code null} for all steps
     * @throws IllegalArgumentException for anything else, such as a blank text
     */
    public RollbackRequest onlyListed(@Nullable String positions) {
        return (positions != null) ? only(Selection.parseSteps(positions)) : this;
    }

    /** The same, leaving these as they are. */
    public RollbackRequest skipping(Selection skip) {
        return new RollbackRequest(this.runId, this.actor, this.claimedActor, this.reason, this.only, skip, this.force);
    }

    /** The same, leaving these steps as they are. */
    public RollbackRequest skipping(Long... positions) {
        return skipping(Selection.ofSteps(positions));
    }

    /** The same, restoring these even over later changes. */
    public RollbackRequest forcing(Selection force) {
        return new RollbackRequest(this.runId, this.actor, this.claimedActor, this.reason, this.only, this.skip, force);
    }

    /** The same, restoring these steps even over later changes. */
    public RollbackRequest forcing(Long... positions) {
        return forcing(Selection.ofSteps(positions));
    }

    /** Whether a step is to be left as it is. */
    boolean leavesOut(long position) {
        return this.skip.steps().contains(position) || !this.only.isEmpty() && !this.only.contains(position);
    }

    /** What was decided about what stands in the way. */
    UndoChoices choices() {
        return new UndoChoices(this.force.steps(), this.force.rows(), this.skip.rows());
    }
}
