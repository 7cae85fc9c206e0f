package cloud.enact.hook;

import cloud.enact.gate.OutsideChanges;
import cloud.enact.gate.OutsideEnd;
import java.time.Instant;
import java.util.List;
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
 * @param changes what it changes where that was captured, or {@code null}
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
        @Nullable OutsideChanges changes,
        OutsideEnd end,
        Instant since) {

    /** Words of an outcome that say that something is changed later. */
    private static final List<String> IN_BACKGROUND = List.of("held_back", "in_background");

    /** What holds for a call. */
    enum State {
        /** It may be carried out. */
        LET_THROUGH,
        /** The agent asks its user. */
        ASKED,
        /** It must not be carried out. */
        STOPPED
    }

    /** Tells what bears on what the call left; comes before its end. */
    void told(boolean made, AgentCall told) {
        if (this.changes != null) {
            boolean later = IN_BACKGROUND.stream()
                            .anyMatch(each -> Boolean.TRUE.equals(told.result().get(each)))
                    || Boolean.TRUE.equals(this.input.get("run_in_background"));
            this.changes.told(
                    new OutsideChanges.Told(made, told.event() == AgentEvent.TOOL_SUCCEEDED, later, told.original()));
        }
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
