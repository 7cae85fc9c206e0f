package cloud.enact.event;

import cloud.enact.action.RunId;
import java.util.UUID;

/**
 * The outcome of an action could not be recorded: it has run, and no receipt says what came of it.
 *
 * @param runId its run
 * @param actionId its id
 * @param action its name
 */
public record RunInDoubt(RunId runId, UUID actionId, String action) {}
