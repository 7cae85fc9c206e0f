package cloud.enact.hook;

import cloud.enact.gate.OutsideEnd;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that was judged and whose outcome nobody has told yet.
 *
 * @param key what tells it from others
 * @param subagent the sub-agent that asked, or {@code null}
 * @param action name of the action
 * @param tool the tool, with what its input names
 * @param input what the tool is given; empty for a call that was stopped
 * @param characters roughly how much memory it takes
 * @param state what holds for it
 * @param end takes its outcome
 * @param since when it was judged
 */
record OpenCall(
        CallKey key,
        @Nullable String subagent,
        String action,
        AgentTool tool,
        Map<String, @Nullable Object> input,
        long characters,
        State state,
        OutsideEnd end,
        Instant since) {

    /** What holds for a call. */
    enum State {
        /** It may be carried out. */
        LET_THROUGH,
        /** The agent asks its user. */
        ASKED,
        /** It must not be carried out. */
        STOPPED
    }

    /** Whether something else is carried out than was judged. */
    boolean differsFrom(AgentCall told) {
        AgentTool other = told.tool();
        if (other == null || !this.tool.rawName().equals(other.rawName())) {
            return true;
        }
        return (this.tool.kind() == ToolKind.MCP) ? !this.input.equals(told.input()) : !this.tool.equals(other);
    }
}
