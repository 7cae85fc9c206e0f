package cloud.enact.hook;

import cloud.enact.action.Arguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a coding agent tells, whatever agent it is. Immutable.
 *
 * @param agent the agent, such as {@code claude-code}
 * @param event what it tells of
 * @param eventName what the agent calls that
 * @param session its session
 * @param callId its id of the call, or {@code null}
 * @param subagent the sub-agent that asks, or {@code null}
 * @param cwd the directory it works in, absolute, or {@code null}
 * @param permissionMode what it says of its own permissions, or {@code null}; nothing depends on it
 * @param action name of the action, or {@code null} for what is no action
 * @param tool the tool, or {@code null}
 * @param input what the tool is given, or what else is asked for
 * @param result what came of the call, empty where that is not told
 * @param original what a tool says it found in a file before it changed that, or {@code null}
 */
public record AgentCall(
        String agent,
        AgentEvent event,
        String eventName,
        String session,
        @Nullable String callId,
        @Nullable String subagent,
        @Nullable String cwd,
        @Nullable String permissionMode,
        @Nullable String action,
        @Nullable AgentTool tool,
        Map<String, @Nullable Object> input,
        Map<String, @Nullable Object> result,
        @Nullable String original) {

    public AgentCall {
        input = Arguments.freeze(input);
        result = Arguments.freeze(result);
    }

    /** Input and result are hostile, and may hold secrets. */
    @Override
    public String toString() {
        return "AgentCall[" + this.eventName + "]";
    }
}
