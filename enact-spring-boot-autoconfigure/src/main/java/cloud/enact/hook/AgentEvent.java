package cloud.enact.hook;

/** What a coding agent tells of. */
public enum AgentEvent {
    /** It is about to call a tool. */
    BEFORE_TOOL,
    /** It would ask its user whether it may call a tool. */
    PERMISSION,
    /** A tool did its work. */
    TOOL_SUCCEEDED,
    /** A tool failed. */
    TOOL_FAILED,
    /** It refused a call itself. */
    TOOL_REFUSED,
    /** Something else that can be refused: a prompt, changed settings, a question of a server. */
    REQUEST,
    /** A turn of the agent ended. */
    TURN_ENDED,
    /** A sub-agent ended. */
    SUBAGENT_ENDED,
    /** The session ended. */
    SESSION_ENDED,
    /** Nothing that can be refused or that says anything of a call. */
    NOTICE;

    /** Whether it is about one call of a tool. */
    public boolean isOfTool() {
        return compareTo(REQUEST) < 0;
    }
}
