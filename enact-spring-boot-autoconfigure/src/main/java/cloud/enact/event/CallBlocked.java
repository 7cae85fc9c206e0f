package cloud.enact.event;

import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A call was stopped, and its receipt is durable.
 *
 * @param runId its run
 * @param actionId its id
 * @param action name of the action; of a tool that a model made up, what the model called it
 * @param actor id of who asked
 * @param policies names of the policies that objected
 * @param log log of the receipt
 * @param seq place of the receipt
 * @param timestamp when it was decided
 */
public record CallBlocked(
        RunId runId,
        UUID actionId,
        String action,
        String actor,
        Set<String> policies,
        String log,
        long seq,
        Instant timestamp) {

    public CallBlocked {
        policies = Set.copyOf(policies);
    }
}
