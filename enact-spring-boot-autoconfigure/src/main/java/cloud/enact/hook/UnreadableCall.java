package cloud.enact.hook;

import org.jspecify.annotations.Nullable;

/**
 * A call that can't be read, and is denied.
 *
 * @param agent the agent
 * @param eventName what the agent calls what it tells of
 * @param session its session, or {@code null} where that can't be read either
 * @param reason what is wrong, as sentences that echo nothing of it
 */
public record UnreadableCall(
        String agent, String eventName, @Nullable String session, String reason) {}
