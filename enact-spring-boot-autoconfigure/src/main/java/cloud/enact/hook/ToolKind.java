package cloud.enact.hook;

/** What a tool of a coding agent does, whatever the agent calls it. */
public enum ToolKind {
    SHELL,
    READ,
    WRITE,
    EDIT,
    DELETE,
    SEARCH,
    FETCH,
    MCP,
    AGENT,
    OTHER;

    /** Whether it changes nothing. */
    boolean onlyLooks() {
        return this == READ || this == SEARCH || this == FETCH;
    }
}
