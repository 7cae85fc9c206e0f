package cloud.enact.event;

import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.UUID;

/**
 * A call is known to have run ungoverned, such as one of a coding agent whose hooks did not ask before it, and its
 * receipt is durable.
 *
 * @param runId its run
 * @param actionId its id
 * @param action name of the action
 * @param actor id of who made it
 * @param log log of the receipt
 * @param seq place of the receipt
 * @param timestamp when it was told
 */
public record UngovernedCall(
        RunId runId, UUID actionId, String action, String actor, String log, long seq, Instant timestamp) {}
