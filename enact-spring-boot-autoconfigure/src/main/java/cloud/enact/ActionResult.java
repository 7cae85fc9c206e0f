package cloud.enact;

import cloud.enact.action.ActionOutcome;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.receipt.Receipt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of an action that code asked for.
 *
 * @param runId the run it belongs to
 * @param decision the decision with every verdict
 * @param outcome what came of it, or {@code null} when it was not let through
 * @param receipt the newest receipt of this call, or {@code null} when none could be written
 * @param ticket the request that people have been asked, when the call waits for them, else {@code null}: the same call
 *     goes through once when it is repeated after they have approved
 */
public record ActionResult(
        RunId runId,
        Decision decision,
        @Nullable ActionOutcome outcome,
        @Nullable Receipt receipt,
        @Nullable UUID ticket) {

    /** What came of an action that nobody is asked about. */
    public ActionResult(RunId runId, Decision decision, @Nullable ActionOutcome outcome, @Nullable Receipt receipt) {
        this(runId, decision, outcome, receipt, null);
    }

    /** Whether the action was let through. */
    public boolean passed() {
        return this.outcome != null;
    }

    /**
     * What the action returned.
     *
     * @throws IllegalStateException when it was not let through
     * @throws Throwable what the action threw
     */
    public @Nullable Object output() throws Throwable {
        if (this.outcome == null) {
            throw new IllegalStateException("The action was not let through: " + this.decision.reasons());
        }
        return this.outcome.unwrap();
    }
}
