package cloud.enact.recovery;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * A wish to settle what is in doubt of a run.
 *
 * @param runId the run
 * @param actionId the action, or {@code null} for all that are in doubt
 * @param outcome how
 * @param actor who wants that
 * @param claimedActor whom the caller claims to be, or {@code null}
 * @param reason why; needed unless looking decides
 * @param force whether it is done even where looking finds the contrary, or an executor may still come late
 */
public record ReconcileRequest(
        RunId runId,
        @Nullable UUID actionId,
        Resolution outcome,
        Actor actor,
        @Nullable String claimedActor,
        @Nullable String reason,
        boolean force) {

    /** Characters of a reason. */
    public static final int MAX_REASON = 2000;

    public ReconcileRequest {
        if (outcome != Resolution.PROBE && !StringUtils.hasText(reason)) {
            throw new IllegalArgumentException("'reason' is needed: say how you know");
        }
        if (reason != null && reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("'reason' has at most " + MAX_REASON + " characters");
        }
        if (outcome == Resolution.PROBE && force) {
            throw new IllegalArgumentException("'force' goes with a word of your own, not with looking");
        }
    }

    /** A wish to settle all that is in doubt of a run. */
    public static ReconcileRequest of(RunId runId, Resolution outcome, Actor actor, @Nullable String reason) {
        return new ReconcileRequest(runId, null, outcome, actor, null, reason, false);
    }

    /** The same for one action. */
    public ReconcileRequest only(@Nullable UUID actionId) {
        return new ReconcileRequest(
                this.runId, actionId, this.outcome, this.actor, this.claimedActor, this.reason, this.force);
    }

    /** The same, asked for by somebody who claims to be another one. */
    public ReconcileRequest claimedBy(@Nullable String claimedActor) {
        return new ReconcileRequest(
                this.runId, this.actionId, this.outcome, this.actor, claimedActor, this.reason, this.force);
    }

    /** The same, against what looking finds. */
    public ReconcileRequest forced(boolean force) {
        return new ReconcileRequest(
                this.runId, this.actionId, this.outcome, this.actor, this.claimedActor, this.reason, force);
    }
}
